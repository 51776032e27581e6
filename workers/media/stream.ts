import { Resampler } from '../../src/audio/resampler.ts';
import { SAMPLE_RATE } from '../../src/audio/units.ts';
import { Placement } from './placement.ts';

/** Sound as a decoder gives it, mono. */
export interface Piece {
  /** From the file's start; negative for what a decoder needs to get going. */
  readonly timeSeconds: number;
  readonly sampleRate: number;
  readonly samples: Float32Array;
}

interface Course {
  readonly sampleRate: number;
  readonly placement: Placement;
  /** `null` at our own rate. */
  readonly resampler: Resampler | null;
}

/** Pieces of any rate, one behind the other, as one stream at 16 kHz that begins at an exact sample of the file. */
export class Stream {
  /** First sample of the file that the stream has not given yet. */
  #position: number;
  #course: Course | null = null;

  constructor(fromSample: number) {
    this.#position = fromSample;
  }

  get position(): number {
    return this.#position;
  }

  *push({ timeSeconds, sampleRate, samples }: Piece): Generator<Float32Array> {
    // Some decoders find out what the rate is only when they decode; in a broadcast it may even change.
    if (this.#course?.sampleRate !== sampleRate) {
      yield* this.flush();
      this.#course = {
        sampleRate,
        placement: new Placement(sampleRate, Math.round((this.#position * sampleRate) / SAMPLE_RATE)),
        resampler: sampleRate === SAMPLE_RATE ? null : new Resampler(sampleRate, SAMPLE_RATE),
      };
    }
    const { placement, resampler } = this.#course;
    for (const placed of placement.place(Math.round(timeSeconds * sampleRate), samples)) {
      yield this.#give(resampler === null ? placed : resampler.push(placed));
    }
  }

  /** What the resampler still holds. */
  *flush(): Generator<Float32Array> {
    const rest = this.#course?.resampler?.flush();
    this.#course = null;
    if (rest !== undefined) yield this.#give(rest);
  }

  #give(samples: Float32Array): Float32Array {
    this.#position += samples.length;
    return samples;
  }
}
