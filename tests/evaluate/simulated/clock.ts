import { FRAME_SAMPLES, samplesToMs } from '../../../src/audio/units.ts';
import type { RunFlag } from '../../../src/recognizer/run-flag.ts';
import type { SegmentMode } from '../../../src/recognizer/protocol.ts';
import type { RemoteDetector } from '../../../workers/speech/remote-detector.ts';
import type { SpeechSession } from '../../../workers/speech/session.ts';

/** A frame, or `null` for Stop, and when it is there. */
interface Arrival {
  readonly atMs: number;
  readonly samples: Float32Array | null;
  readonly sampleIndex: number;
}

/**
 * The time of a simulated session, in milliseconds from Start. It passes only when {@link VirtualClock.advance} is told so, and while
 * it passes frames arrive in the speech worker and are heard, as they would while Whisper computes on a thread of its own. So the
 * same session is simulated on every machine, however busy it is.
 */
export class VirtualClock {
  nowMs = 0;
  readonly #flag: RunFlag;
  readonly #session: SpeechSession;
  readonly #detector: RemoteDetector;
  readonly #arrivals: Arrival[];

  /** @param segments `live`: frames arrive at real time; `file`: all are there from the start. */
  constructor(
    flag: RunFlag,
    session: SpeechSession,
    detector: RemoteDetector,
    samples: Float32Array,
    segments: SegmentMode,
  ) {
    this.#flag = flag;
    this.#session = session;
    this.#detector = detector;
    this.#arrivals = [...arrivals(samples)].map((arrival) => (segments === 'live' ? arrival : { ...arrival, atMs: 0 }));
  }

  async advance(ms: number): Promise<void> {
    const until = this.nowMs + ms;
    for (let next = this.#arrivals[0]; next !== undefined && next.atMs <= until; next = this.#arrivals[0]) {
      this.#arrivals.shift();
      this.nowMs = Math.max(this.nowMs, next.atMs);
      await this.#arrive(next);
    }
    this.nowMs = until;
  }

  async #arrive({ samples, sampleIndex }: Arrival): Promise<void> {
    const { epoch } = this.#session;
    if (samples === null) {
      this.#flag.clear();
      this.#session.accept({ type: 'end', epoch, sampleIndex });
    } else this.#session.accept({ type: 'frame', epoch, sampleIndex, samples });
    while (this.#session.waiting) await this.#session.hear(this.#detector);
  }
}

/** Frames as the capture worklet makes them, each when its last sample has sounded; the last one and the end come with Stop. */
function* arrivals(samples: Float32Array): Generator<Arrival> {
  for (let sampleIndex = 0; sampleIndex < samples.length; sampleIndex += FRAME_SAMPLES) {
    const frame = samples.slice(sampleIndex, sampleIndex + FRAME_SAMPLES);
    yield { atMs: samplesToMs(sampleIndex + frame.length), samples: frame, sampleIndex };
  }
  yield { atMs: samplesToMs(samples.length), samples: null, sampleIndex: samples.length };
}
