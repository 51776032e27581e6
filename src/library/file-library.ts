import type { Failure } from '../platform/failure.ts';
import type { LanguageChoice } from '../recognizer/languages.ts';
import type { ModelId } from '../recognizer/models.ts';
import type { Segment } from '../transcript/transcript.ts';
import { openDatabase, type Database } from './database.ts';

/** A kept recording that is transcribed once more: what comes of it is a version of its session. */
export interface Again {
  readonly session: string;
  readonly model: ModelId;
}

/** A file of the queue, as it is kept. Its finished pieces are kept beside it, its sound is not: it is on the disk already. */
export interface StoredFile {
  readonly id: string;
  /** Place in the queue. */
  readonly order: number;
  readonly name: string;
  readonly bytes: number;
  /** As the person has said for this file; absent where an older version of the app kept it. */
  readonly language?: LanguageChoice | null;
  /** The sound is that of a session, and no file; absent where an older version of the app kept it. */
  readonly again?: Again | null;
  /** See `fingerprint.ts`; `null` until it is known. */
  readonly fingerprint: string | null;
  /** Where the browser gives one, the file can be read again after a reload. */
  readonly handle: FileSystemFileHandle | null;
  readonly phase: 'waiting' | 'paused' | 'done' | 'cancelled' | 'failed';
  readonly resumeSample: number;
  readonly durationSamples: number | null;
  readonly damaged: boolean;
  readonly failure: Failure | null;
}

/** Why nothing more is kept: `full` (zero free space), `unavailable` (F18), `outdated` (another tab runs a newer version, F8). */
export type LibraryObstacle = 'full' | 'unavailable' | 'outdated';

interface Write {
  readonly file: string;
  readonly to: (database: Database) => Promise<unknown>;
}

const LOCK = 'sotto-file-';
/** A tab that is just being reloaded lets go of its locks in less. */
const CLAIM_MS = 1_000;

/**
 * The queue on disk. Writes happen at once and in order, and nothing waits for them; none happens before loading has finished. A
 * file belongs to the tab that has its lock, which the browser takes back when the tab dies.
 */
export class FileLibrary {
  readonly #failed: (obstacle: LibraryObstacle) => void;
  readonly #claimed = new Set<string>();
  readonly #opening: Promise<Database | null>;
  /** Settles when the last write has. */
  #ready: Promise<Database | null>;
  #loaded: () => void = () => undefined;
  /** In order; the first is being tried. */
  #unwritten: readonly Write[] = [];

  /** @param failed called when something could not be kept. */
  constructor(failed: (obstacle: LibraryObstacle) => void) {
    this.#failed = failed;
    const loading = new Promise<void>((resolve) => (this.#loaded = resolve));
    this.#opening = openDatabase(() => failed('outdated')).catch(() => {
      failed('unavailable');
      return null;
    });
    this.#ready = loading.then(() => this.#opening);
  }

  /** Once, first: the files no other tab has, in their order, each with its finished pieces. */
  async load(): Promise<{ readonly file: StoredFile; readonly segments: readonly Segment[] }[]> {
    try {
      const database = await this.#opening;
      if (database === null) return [];
      const files = await database.getAll('files');
      const found = files.map(async (file) => {
        if (!(await this.#claim(file.id))) return null;
        const pieces = await database.getAll('segments', IDBKeyRange.bound([file.id, 0], [file.id, Infinity]));
        return { file, segments: pieces.map(({ segment }) => segment) };
      });
      const ours = (await Promise.all(found)).filter((entry) => entry !== null);
      return ours.sort((a, b) => a.file.order - b.file.order);
    } catch {
      this.#failed('unavailable');
      return [];
    } finally {
      this.#loaded();
    }
  }

  save(file: StoredFile): void {
    if (!this.#claimed.has(file.id)) void this.#claim(file.id);
    this.#write({ file: file.id, to: (database) => database.put('files', file) });
  }

  /** Keeps a finished piece and, with it, how far its file has come. */
  append(file: StoredFile, index: number, segment: Segment): void {
    const to = async (database: Database): Promise<void> => {
      const transaction = database.transaction(['files', 'segments'], 'readwrite');
      await Promise.all([
        transaction.objectStore('segments').put({ file: file.id, index, segment }),
        transaction.objectStore('files').put(file),
        transaction.done,
      ]);
    };
    this.#write({ file: file.id, to });
  }

  /** The file's text is kept elsewhere from now on and stored no longer here; its place in the queue stays. */
  handOver(file: StoredFile): void {
    this.#drop(file.id, file);
  }

  remove(id: string): void {
    this.#drop(id, null);
  }

  /** First of all, for it makes space; what was still to be written of the file is not wanted any more. */
  #drop(id: string, kept: StoredFile | null): void {
    const to = async (database: Database): Promise<void> => {
      const transaction = database.transaction(['files', 'segments'], 'readwrite');
      const files = transaction.objectStore('files');
      await Promise.all([
        transaction.objectStore('segments').delete(IDBKeyRange.bound([id, 0], [id, Infinity])),
        kept === null ? files.delete(id) : files.put(kept),
        transaction.done,
      ]);
    };
    const drop = { file: id, to };
    this.#write(drop, (unwritten) => [drop, ...unwritten.filter(({ file }) => file !== id)]);
  }

  /** What could not be written is tried again with the next thing: there may be space by then, and pieces must not be missing. */
  #write(write: Write, order = (unwritten: readonly Write[]) => [...unwritten, write]): void {
    this.#ready = this.#ready.then(async (database) => {
      if (database === null) return null;
      this.#unwritten = order(this.#unwritten);
      try {
        for (let next = this.#unwritten[0]; next !== undefined; next = this.#unwritten[0]) {
          await next.to(database);
          this.#unwritten = this.#unwritten.slice(1);
        }
      } catch (error) {
        this.#failed(isFull(error) ? 'full' : 'unavailable');
      }
      return database;
    });
  }

  /** Holds the file's lock until this tab ends. @returns `false` when another tab has it. */
  async #claim(id: string): Promise<boolean> {
    this.#claimed.add(id);
    return new Promise((resolve) => {
      navigator.locks
        .request(LOCK + id, { signal: AbortSignal.timeout(CLAIM_MS) }, () => {
          resolve(true);
          return new Promise<void>(() => undefined);
        })
        .catch(() => resolve(false));
    });
  }
}

/** A transaction that the disk had no room for is aborted; not every browser says why. */
const isFull = (error: unknown): boolean =>
  error instanceof DOMException && (error.name === 'QuotaExceededError' || error.name === 'AbortError');
