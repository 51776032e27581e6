import { makeBackup } from '../library/backup/make.ts';
import { readBackup, type Backup as Contents } from '../library/backup/read.ts';
import { planRestore, restore, type RestorePlan } from '../library/backup/restore.ts';
import type { Watch } from '../library/backup/layout.ts';
import { SessionLibrary } from '../library/session-library.ts';
import { describeError, failureOf, type Failure } from '../platform/failure.ts';
import type { Scope } from '../platform/scope.ts';
import { TimeLeft } from '../recognizer/packages/estimate.ts';

type Busy = 'making' | 'verifying' | 'restoring';

export type BackupPhase =
  | { readonly phase: 'idle' }
  | { readonly phase: 'empty' }
  /** `secondsLeft`: `null` until it is known. */
  | { readonly phase: Busy; readonly fraction: number; readonly secondsLeft: number | null }
  | { readonly phase: 'made'; readonly file: Blob }
  /** A backup was verified; nothing is written before the person says so. */
  | {
      readonly phase: 'found';
      readonly sessions: number;
      readonly bytes: number;
      readonly same: number;
      readonly differing: number;
    }
  | { readonly phase: 'restored'; readonly sessions: number; readonly settings: boolean }
  | { readonly phase: 'failed'; readonly failure: Failure };

/** Makes a backup of everything, and brings one back. One thing at a time; ends with its scope. */
export class Backup {
  #current = $state.raw<BackupPhase>({ phase: 'idle' });
  readonly #scope: Scope;
  #library: Promise<SessionLibrary> | null = null;
  #abort = new AbortController();
  #found: { readonly contents: Contents; readonly plan: RestorePlan } | null = null;

  constructor(scope: Scope) {
    this.#scope = scope;
    scope.add(() => this.#abort.abort());
  }

  get current(): BackupPhase {
    return this.#current;
  }

  /** Ends in `made`, `empty` or `failed`; in `idle` when cancelled. */
  async make(): Promise<void> {
    await this.#run('making', async (library, watch) => {
      if ((await library.list()).every(({ state }) => state === 'recording')) return { phase: 'empty' };
      return { phase: 'made', file: await makeBackup(library, Date.now(), watch) };
    });
  }

  /** Verifies a file and says what it holds: ends in `found` or `failed`; in `idle` when cancelled. */
  async open(file: Blob): Promise<void> {
    await this.#run('verifying', async (library, watch) => {
      const contents = await readBackup(file, watch);
      const plan = await planRestore(library, contents);
      this.#found = { contents, plan };
      const { bytes, sessions } = contents;
      return { phase: 'found', sessions: sessions.length, bytes, same: plan.same, differing: plan.differing.length };
    });
  }

  /**
   * Brings back what was found: ends in `restored` or `failed`; in `idle` when cancelled, and nothing has changed then.
   * @param copyTitle names a session that is here under the same id.
   * @param settings whether its settings are taken over as well.
   */
  async restore(copyTitle: (title: string) => string, settings: boolean): Promise<void> {
    const found = this.#found;
    if (found === null) return;
    await this.#run('restoring', async (library, watch) => {
      const sessions = await restore(library, found.plan, copyTitle, watch);
      if (settings) takeOver(found.contents.settings);
      return { phase: 'restored', sessions, settings };
    });
  }

  /** Gives up what is under way, or what was found or made. */
  cancel(): void {
    this.#abort.abort();
    this.#found = null;
    this.#current = { phase: 'idle' };
  }

  async #run(phase: Busy, act: (library: SessionLibrary, watch: Watch) => Promise<BackupPhase>): Promise<void> {
    this.#abort.abort();
    const { signal } = (this.#abort = new AbortController());
    const timeLeft = new TimeLeft();
    this.#current = { phase, fraction: 0, secondsLeft: null };
    const progress = (doneBytes: number, totalBytes: number) => {
      timeLeft.add(performance.now(), doneBytes);
      if (!signal.aborted)
        this.#current = { phase, fraction: doneBytes / totalBytes, secondsLeft: timeLeft.secondsLeft(totalBytes) };
    };
    try {
      this.#library ??= SessionLibrary.open(this.#scope, () => this.#abort.abort());
      const ended = await act(await this.#library, { signal, progress });
      if (!signal.aborted) this.#current = ended;
    } catch (error) {
      if (!(await this.#library?.catch(() => null))) this.#library = null;
      const failure = failureOf(error) ?? { name: 'backup-interrupted', detail: describeError(error) };
      if (!signal.aborted) this.#current = { phase: 'failed', failure };
    }
  }
}

/** Stores them, and says so in this tab as the browser does in the others. */
function takeOver(settings: Contents['settings']): void {
  for (const [key, value] of settings) {
    localStorage.setItem(key, value);
    globalThis.dispatchEvent(new StorageEvent('storage', { key }));
  }
}
