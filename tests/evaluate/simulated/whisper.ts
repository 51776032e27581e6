import type { Done, Pull, RecognitionSettings, WhisperEvent, Work } from '../../../src/recognizer/protocol.ts';
import type { RunFlag } from '../../../src/recognizer/run-flag.ts';
import { WhisperService } from '../../../workers/whisper/service.ts';
import type { Recognizer } from '../../../workers/whisper/transcribe.ts';

/** The whisper worker's service, in this thread: asked for one piece of work at a time. */
export class Whisper {
  readonly #events = new MessageChannel();
  readonly #speech = new MessageChannel();
  readonly #heard: (event: WhisperEvent) => void;
  /** What is under way: over when both its last event and the pull for more are here, which come on ports of their own. */
  #under: { readonly settle: () => void; readonly fail: (error: Error) => void } | null = null;
  #last: WhisperEvent['type'] = 'ready';
  #ended = false;
  #pull: Pull | null = null;

  private constructor(heard: (event: WhisperEvent) => void) {
    this.#heard = heard;
    this.#events.port2.onmessage = ({ data }: MessageEvent<WhisperEvent>) => this.#event(data);
    this.#speech.port2.onmessage = ({ data }: MessageEvent<Pull>) => {
      this.#pull = data;
      this.#settle();
    };
  }

  /** @param heard everything that it says, before the answer to the work it was said of. */
  static async open(
    recognizer: Recognizer,
    flag: RunFlag,
    settings: RecognitionSettings,
    heard: (event: WhisperEvent) => void,
  ): Promise<Whisper> {
    const whisper = new Whisper(heard);
    const plan = { device: 'wasm', threads: 1 } as const;
    const load = () => Promise.resolve({ recognizer, plan, lost: null, kept: true, release: () => Promise.resolve() });
    const service = new WhisperService(load, Promise.resolve(''));
    service.init(flag.buffer, whisper.#events.port1);
    service.configure(settings);
    await whisper.#until('ready', () => {
      service.load('base', plan);
      service.connect(whisper.#speech.port1);
    });
    return whisper;
  }

  /** @throws Error when the recogniser fails. */
  async answer(work: Work): Promise<Done | null> {
    await this.#until(work.type === 'work' ? 'pass-finished' : 'drained', () => this.#speech.port2.postMessage(work));
    return this.#pull?.done ?? null;
  }

  close(): void {
    for (const port of [this.#events.port1, this.#events.port2, this.#speech.port1, this.#speech.port2]) port.close();
  }

  #until(last: WhisperEvent['type'], begin: () => void): Promise<void> {
    this.#pull = null;
    this.#ended = false;
    this.#last = last;
    return new Promise((settle, fail) => {
      this.#under = { settle, fail };
      begin();
    });
  }

  #event(event: WhisperEvent): void {
    if (event.type === 'failed') this.#under?.fail(new Error(`the recogniser: ${JSON.stringify(event.failure)}`));
    this.#heard(event);
    if (event.type === this.#last) this.#ended = true;
    this.#settle();
  }

  #settle(): void {
    if (this.#ended && this.#pull !== null) this.#under?.settle();
  }
}
