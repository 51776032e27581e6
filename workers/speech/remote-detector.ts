import type { Failure } from '../../src/platform/failure.ts';
import type { Heard, ToHear } from '../../src/recognizer/detector-protocol.ts';

interface DetectorListener {
  readonly ready: (loadMs: number) => void;
  /** It could not be had; it is tried again. */
  readonly failed: (failure: Failure) => void;
}

interface Question {
  readonly answer: (probabilities: Float32Array) => void;
  readonly refuse: (error: Error) => void;
}

/** The detector on its own thread, behind a port. One question at a time; none that is left without an answer. */
export class RemoteDetector {
  readonly #port: MessagePort;
  readonly #timeoutMs: number;
  #ready = false;
  #question: Question | null = null;

  /** @param timeoutMs a detector that takes longer to answer is taken for dead. */
  constructor(port: MessagePort, timeoutMs: number, listener: DetectorListener) {
    this.#port = port;
    this.#timeoutMs = timeoutMs;
    port.onmessage = ({ data }: MessageEvent<Heard>) => this.#onMessage(data, listener);
  }

  get ready(): boolean {
    return this.#ready;
  }

  /**
   * Asks how likely it is that somebody speaks, window by window. The samples' buffer goes away with the question.
   * @throws Error when the detector broke, did not answer in time, or was closed meanwhile.
   */
  async hear(question: ToHear): Promise<Float32Array> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    try {
      return await new Promise<Float32Array>((answer, refuse) => {
        this.#question = { answer, refuse };
        timer = setTimeout(() => refuse(new Error('no answer')), this.#timeoutMs);
        this.#port.postMessage(question, [question.samples.buffer]);
      });
    } finally {
      clearTimeout(timer);
      this.#question = null;
    }
  }

  /** Nothing more is asked of it. */
  close(): void {
    this.#port.close();
    this.#question?.refuse(new Error('replaced'));
  }

  #onMessage(message: Heard, listener: DetectorListener): void {
    switch (message.type) {
      case 'ready':
        this.#ready = true;
        return listener.ready(message.loadMs);
      case 'failed':
        return listener.failed(message.failure);
      case 'heard':
        return this.#question?.answer(message.probabilities);
      case 'broken':
        return this.#question?.refuse(new Error(message.detail));
    }
  }
}
