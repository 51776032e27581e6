import { describeError, failureOf, type Failure } from '../../src/platform/failure.ts';
import type { DetectorApi, DetectorEvent, Heard, ToHear } from '../../src/recognizer/detector-protocol.ts';
import { WINDOW_SAMPLES } from '../../src/speech/gate.ts';
import type { Detector, DetectorStream } from './detector.ts';

/** Between tries to load the detector: an interrupted download goes on where it stopped, so trying is cheap. */
const RETRY_MS = [1_000, 2_000, 5_000, 10_000] as const;

/** The detector worker's life: load the detector, say that it is there, judge what comes, in order. */
export class DetectorService implements DetectorApi {
  readonly #load: () => Promise<Detector>;
  readonly #life: Promise<string>;
  /** What was heard last, and where it ended: audio that goes on from there is heard with it in mind. */
  #last: { readonly epoch: number; readonly endSample: number; readonly stream: DetectorStream } | null = null;

  /**
   * @param load gets the detector, which may take minutes on a first visit and may fail: it is called again.
   * @param life the lock by whose end the page learns of this worker's.
   */
  constructor(load: () => Promise<Detector>, life: Promise<string>) {
    this.#load = load;
    this.#life = life;
  }

  init(speech: MessagePort, events: MessagePort): void {
    void this.#life.then((lock) => events.postMessage({ type: 'alive', lock } satisfies DetectorEvent));
    void this.#serve(speech);
  }

  async #serve(speech: MessagePort): Promise<void> {
    const tell = (message: Heard, transfer: Transferable[] = []): void => speech.postMessage(message, transfer);
    const startedMs = performance.now();
    const detector = await this.#obtain((failure) => tell({ type: 'failed', failure }));
    speech.onmessage = ({ data }: MessageEvent<ToHear>) => {
      this.#hear(detector, data).then(
        (probabilities) => tell({ type: 'heard', probabilities }, [probabilities.buffer]),
        (error: unknown) => tell({ type: 'broken', detail: describeError(error) }),
      );
    };
    tell({ type: 'ready', loadMs: performance.now() - startedMs });
  }

  /** However long it takes. @param tell is given a failure that is not the one it was given before. */
  async #obtain(tell: (failure: Failure) => void): Promise<Detector> {
    let told: Failure['name'] | null = null;
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.#load();
      } catch (error) {
        const failure = failureOf(error) ?? { name: 'engine-failed', detail: describeError(error) };
        if (failure.name !== told) tell(failure);
        told = failure.name;
        await pause(RETRY_MS[Math.min(attempt, RETRY_MS.length - 1)] ?? 0);
      }
    }
  }

  async #hear(detector: Detector, { epoch, startSample, samples }: ToHear): Promise<Float32Array<ArrayBuffer>> {
    const goesOn = this.#last?.epoch === epoch && this.#last.endSample === startSample;
    const stream = goesOn && this.#last !== null ? this.#last.stream : detector.stream();
    this.#last = { epoch, endSample: startSample + samples.length, stream };
    const probabilities = new Float32Array(samples.length / WINDOW_SAMPLES);
    for (let i = 0; i < probabilities.length; i++)
      probabilities[i] = await stream.hear(samples.subarray(i * WINDOW_SAMPLES, (i + 1) * WINDOW_SAMPLES));
    return probabilities;
  }
}

/** Lives as long as the worker. */
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
