import { afterPaint } from '../platform/after-paint.ts';
import type { Scope } from '../platform/scope.ts';
import type { RecordingPlace } from '../recognizer/protocol.ts';
import type { Ending, SessionKeeper, Written } from './keeper.ts';
import type { LibraryEntrance } from './library-state.ts';
import type { Beginning, LiveKeeper } from './library/live-keeper.ts';
import type { Library } from './library/library.svelte.ts';

interface Loaded {
  readonly library: Library;
  readonly keeper: LiveKeeper;
}

/** The way to the library's part of the app, which is loaded when it is first needed: nothing of it delays the first paint. */
export class LazyLibrary implements LibraryEntrance, SessionKeeper {
  readonly #scope: Scope;
  readonly #summary: () => Beginning['summary'];
  readonly #keepAudio: () => boolean;
  #current = $state.raw<Library | null>(null);
  #live = $state<string | null>(null);
  /** Where the next recording of the live session begins. */
  #endSample = 0;
  #loading: Promise<Loaded> | null = null;

  /**
   * @param summary with what a recording that begins now is transcribed.
   * @param keepAudio whether sound stays when its text is final.
   */
  constructor(scope: Scope, summary: () => Beginning['summary'], keepAudio: () => boolean) {
    this.#scope = scope;
    this.#summary = summary;
    this.#keepAudio = keepAudio;
    // Here before Start: while somebody speaks nothing is fetched.
    afterPaint(scope, () => void code().catch(() => undefined));
  }

  get current(): Library | null {
    return this.#current;
  }
  get live(): string | null {
    return this.#live;
  }

  async open(): Promise<Library> {
    return (await this.#load()).library;
  }

  begin(continued: boolean): RecordingPlace {
    if (!continued) this.#live = null;
    const goesOn = this.#live !== null;
    const id = this.#live ?? crypto.randomUUID();
    if (!goesOn) this.#endSample = 0;
    this.#live = id;
    const place: RecordingPlace = { id, startSample: this.#endSample };
    const beginning = { place, createdAt: Date.now(), summary: this.#summary() };
    this.#tell((keeper) => keeper.begin(beginning));
    return place;
  }

  write(event: Written, sampleCount: number): void {
    this.#tell((keeper) => keeper.write(event, sampleCount));
  }

  end(ending: Ending): void {
    this.#endSample += ending.sampleCount;
    this.#tell((keeper) => keeper.end(ending));
  }

  /** In order, whether or not the library is there already. Without its code nothing can be kept; the text is on the page. */
  #tell(say: (keeper: LiveKeeper) => void): void {
    this.#load().then(
      ({ keeper }) => say(keeper),
      () => undefined,
    );
  }

  /** A load that failed is forgotten. */
  #load(): Promise<Loaded> {
    this.#loading ??= code().then(async ([{ Library }, { LiveKeeper }]) => {
      const library = await Library.open(this.#scope);
      library.onChange(({ id, record }) => {
        if (record === null && id === this.#live) this.#live = null;
      });
      this.#current = library;
      return { library, keeper: new LiveKeeper(library, this.#scope, this.#keepAudio) };
    });
    this.#loading.catch(() => (this.#loading = null));
    return this.#loading;
  }
}

const code = () => Promise.all([import('./library/library.svelte.ts'), import('./library/live-keeper.ts')]);
