import type { OpenedFile } from '../platform/opened-files.ts';
import type { SpeechEvent, WhisperEvent } from '../recognizer/protocol.ts';
import type { Files } from './files/files.svelte.ts';
import type { FilesOptions } from './files/options.ts';
import type { AgainRequest, FilesEntrance } from './state.ts';

/** Says in this browser that there are files to come back to, so that a first visit loads nothing for them. */
const MARK = 'sotto-has-files';

/** The way to the files' part of the app, which is loaded when it is first needed: nothing of it delays the first paint. */
export class LazyFiles implements FilesEntrance {
  readonly #options: FilesOptions;
  #current = $state.raw<Files | null>(null);
  #loading: Promise<Files> | null = null;
  #recording = false;

  constructor(options: FilesOptions) {
    this.#options = options;
    if (isMarked()) void this.#load().catch(() => undefined);
  }

  get current(): Files | null {
    return this.#current;
  }

  async open(opened: readonly OpenedFile[]): Promise<void> {
    if (opened.length === 0) return;
    const files = await this.#load();
    mark();
    await files.open(opened);
  }

  async transcribeAgain(request: AgainRequest): Promise<void> {
    const files = await this.#load();
    mark();
    files.transcribeAgain(request);
  }

  /** A recording has the recogniser, or has given it back. */
  recording(recording: boolean): void {
    this.#recording = recording;
    this.#current?.recording(recording);
  }

  /** The settings have changed. */
  configure(): void {
    if (this.#current === null) this.#options.recognizer.configure(this.#options.recognition());
    else this.#current.configure();
  }

  onSpeech(event: SpeechEvent): void {
    this.#current?.onSpeech(event);
  }

  onWhisper(event: WhisperEvent): void {
    this.#current?.onWhisper(event);
  }

  /** A load that failed (the network, a newer version on the server) is forgotten. */
  #load(): Promise<Files> {
    this.#loading ??= import('./files/files.svelte.ts').then(
      async ({ Files }) => {
        const files = new Files(this.#options);
        files.recording(this.#recording);
        this.#current = files;
        await files.restore();
        return files;
      },
      (error: unknown) => {
        this.#loading = null;
        throw error;
      },
    );
    return this.#loading;
  }
}

function isMarked(): boolean {
  try {
    return localStorage.getItem(MARK) !== null;
  } catch {
    return false;
  }
}

function mark(): void {
  try {
    localStorage.setItem(MARK, '1');
  } catch {
    // Nothing is kept here: there is nothing to come back to either.
  }
}
