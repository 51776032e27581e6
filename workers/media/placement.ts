/** Clocks of containers are coarse: a piece that comes this much early or late follows the one before it. */
const TOLERANCE_SECONDS = 0.04;
/** A clock that goes back further has been started anew: what comes is new sound. */
const MAX_OVERLAP_SECONDS = 1;
/** A longer pause is no pause but a broken clock. */
const MAX_GAP_SECONDS = 6 * 3600;
/** Silence is made in pieces, for it may be hours. */
const SILENCE_SECONDS = 1;

/**
 * Puts decoded pieces, which say when they begin, behind each other without gap or overlap: missing time is filled with silence,
 * time that came before is left out. So a sample's index tells its time in the file, whatever was lost on the way.
 */
export class Placement {
  readonly #rate: number;
  /** Where the next sample is due, in samples at `rate` from the file's start. */
  #due: number;
  /** How far the file's clock is off. */
  #shift = 0;
  #begun = false;

  /** @param fromIndex the first sample that is wanted, at `sampleRate`. */
  constructor(sampleRate: number, fromIndex: number) {
    this.#rate = sampleRate;
    this.#due = fromIndex;
  }

  /** What is to be appended for a piece that begins at `startIndex`, perhaps before the file's own start. */
  *place(startIndex: number, samples: Float32Array): Generator<Float32Array> {
    let gap = startIndex + this.#shift - this.#due;
    if (this.#begun && (gap < -MAX_OVERLAP_SECONDS * this.#rate || Math.abs(gap) <= TOLERANCE_SECONDS * this.#rate)) {
      // Small differences are not passed on: the next piece is compared with the clock again.
      if (Math.abs(gap) > TOLERANCE_SECONDS * this.#rate) this.#shift -= gap;
      gap = 0;
    }
    if (gap > MAX_GAP_SECONDS * this.#rate) {
      this.#shift -= gap;
      gap = 0;
    }
    if (gap < 0 && -gap >= samples.length) return;
    this.#begun = true;
    for (; gap > 0;) {
      const silence = new Float32Array(Math.min(gap, SILENCE_SECONDS * this.#rate));
      gap -= silence.length;
      this.#due += silence.length;
      yield silence;
    }
    const kept = gap < 0 ? samples.subarray(-gap) : samples;
    this.#due += kept.length;
    yield kept;
  }
}
