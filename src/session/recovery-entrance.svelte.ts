import { afterPaint } from '../platform/after-paint.ts';
import type { SpeechEvent, WhisperEvent } from '../recognizer/protocol.ts';
import type { Library } from './library/library.svelte.ts';
import type { RecoveryEntrance } from './recovery/recovery-state.ts';
import type { Recovery, RecoveryOptions } from './recovery/recovery.svelte.ts';

interface EntranceOptions extends RecoveryOptions {
  readonly library: () => Promise<Library>;
}

/** Looks, once the page stands, whether a recording broke off, and loads what brings it back only then. */
export class LazyRecovery implements RecoveryEntrance {
  readonly #options: EntranceOptions;
  #current = $state.raw<Recovery | null>(null);
  #loading: Promise<Recovery> | null = null;
  #soundKept = $state(true);
  #recording = false;

  constructor(options: EntranceOptions) {
    this.#options = options;
    // Without its code nothing can be brought back in this visit; it stays on disk.
    afterPaint(options.scope, () => void this.#look().catch(() => undefined));
  }

  get current(): Recovery | null {
    return this.#current;
  }
  /** Whether the browser gives us files for sound; taken to be so until it is known. */
  get soundKept(): boolean {
    return this.#soundKept;
  }
  get working(): boolean {
    return this.#current?.working === true;
  }

  /** A microphone listens, or does no more. */
  recording(recording: boolean): void {
    this.#recording = recording;
    this.#current?.recording(recording);
  }

  onSpeech(event: SpeechEvent): void {
    this.#current?.onSpeech(event);
  }

  onWhisper(event: WhisperEvent): void {
    this.#current?.onWhisper(event);
  }

  async offer(id: string): Promise<void> {
    await (await this.#load()).offer(id);
  }

  async #look(): Promise<void> {
    const { canKeepRecordings, listRecordings } = await import('../library/recordings.ts');
    this.#soundKept = await canKeepRecordings();
    if ((await listRecordings()).length === 0) return;
    await (await this.#load()).find();
  }

  /** A failed load is forgotten, so that the next try is one. */
  #load(): Promise<Recovery> {
    this.#loading ??= this.#open().catch((error: unknown) => {
      this.#loading = null;
      throw error;
    });
    return this.#loading;
  }

  async #open(): Promise<Recovery> {
    const [{ Recovery }, library] = await Promise.all([
      import('./recovery/recovery.svelte.ts'),
      this.#options.library(),
    ]);
    const recovery = new Recovery(this.#options, library);
    recovery.recording(this.#recording);
    this.#current = recovery;
    return recovery;
  }
}
