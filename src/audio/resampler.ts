/** Zero crossings of the sinc on either side, at the lower of the two rates. More make the edge at Nyquist steeper. */
const CROSSINGS = 32;

/** Kaiser window, β for about 90 dB between pass and stop band. */
const BETA = 9;

/** The transition band lies below the lower Nyquist frequency, so that nothing folds back. */
const CUTOFF = 0.92;

/**
 * Streaming change of sample rate: a windowed sinc in polyphase form. Exact for any two whole rates, without drift: output sample
 * `n` lies at input time `n × from ÷ to`, whatever the sizes of the pieces pushed.
 *
 * Ours, and no library's: frames come before anything has been downloaded, so nothing here may need loading, and a worker under
 * a strict policy runs it as it is.
 */
export class Resampler {
  /** One row of taps for each of the `#up` places an output sample can have between two input samples. */
  readonly #phases: readonly Float32Array[];
  readonly #up: number;
  readonly #down: number;
  readonly #half: number;
  /** Input not yet done with, behind `#half` samples of silence that stand for the time before the start. */
  #input: Float32Array;
  #inputCount: number;
  /** Position of the next output sample: a whole input sample, from the start of `#input`, and a phase. */
  #at: number;
  #phase = 0;

  /** @throws RangeError when a rate is no whole number from 8,000 to 384,000 Hz. */
  constructor(fromRate: number, toRate: number) {
    for (const rate of [fromRate, toRate]) {
      if (!Number.isInteger(rate) || rate < 8_000 || rate > 384_000) {
        throw new RangeError(`sample rate: 8,000 to 384,000 Hz, not ${rate}`);
      }
    }
    const divisor = greatestCommonDivisor(fromRate, toRate);
    this.#up = toRate / divisor;
    this.#down = fromRate / divisor;
    /** Cut-off relative to the input's rate, 1 being its Nyquist frequency. */
    const cutoff = CUTOFF * Math.min(1, toRate / fromRate);
    this.#half = 2 * Math.ceil(CROSSINGS / cutoff / 2);
    this.#phases = Array.from({ length: this.#up }, (_, phase) => taps(phase / this.#up, this.#half, cutoff));
    this.#input = new Float32Array(4 * this.#half);
    this.#inputCount = this.#half;
    this.#at = this.#half;
  }

  /** What can be said of the output after these samples: it lags behind by {@link CROSSINGS} samples of the lower rate. */
  push(samples: Float32Array): Float32Array<ArrayBuffer> {
    this.#take(samples);
    // The output at #at needs input up to and including #at + #half.
    const ahead = (this.#inputCount - this.#half - this.#at) * this.#up - this.#phase;
    const count = Math.max(0, Math.ceil(ahead / this.#down));
    const output = new Float32Array(count);
    const input = this.#input;
    const phases = this.#phases;
    for (let n = 0; n < count; n++) {
      const row = phases[this.#phase]!;
      const first = this.#at - this.#half + 1;
      // Four sums, for each addition waits for the one before it; rows are as long as four go into.
      let [a, b, c, d] = [0, 0, 0, 0];
      for (let tap = 0; tap < row.length; tap += 4) {
        a += row[tap]! * input[first + tap]!;
        b += row[tap + 1]! * input[first + tap + 1]!;
        c += row[tap + 2]! * input[first + tap + 2]!;
        d += row[tap + 3]! * input[first + tap + 3]!;
      }
      output[n] = a + b + (c + d);
      this.#phase += this.#down;
      this.#at += Math.floor(this.#phase / this.#up);
      this.#phase %= this.#up;
    }
    this.#drop();
    return output;
  }

  /** The rest, after the last samples. */
  flush(): Float32Array<ArrayBuffer> {
    return this.push(new Float32Array(this.#half));
  }

  #take(samples: Float32Array): void {
    const needed = this.#inputCount + samples.length;
    if (needed > this.#input.length) {
      const larger = new Float32Array(needed * 2);
      larger.set(this.#input.subarray(0, this.#inputCount));
      this.#input = larger;
    }
    this.#input.set(samples, this.#inputCount);
    this.#inputCount = needed;
  }

  /** Gives up the input that no later output sample needs. */
  #drop(): void {
    const done = this.#at - this.#half;
    if (done <= 0) return;
    this.#input.copyWithin(0, done, this.#inputCount);
    this.#inputCount -= done;
    this.#at -= done;
  }
}

/** The sinc's weights for an output sample `fraction` of an input sample past input sample `half - 1`; they sum to one. */
function taps(fraction: number, half: number, cutoff: number): Float32Array {
  const weights = Float64Array.from({ length: 2 * half }, (_, tap) => {
    const distance = tap - (half - 1) - fraction;
    const x = Math.PI * cutoff * distance;
    return (x === 0 ? 1 : Math.sin(x) / x) * kaiser(distance / half);
  });
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return Float32Array.from(weights, (weight) => weight / sum);
}

/** Kaiser window at `x` of its half width, -1 to 1. */
const kaiser = (x: number): number => (Math.abs(x) >= 1 ? 0 : bessel(BETA * Math.sqrt(1 - x * x)) / bessel(BETA));

/** Modified Bessel function of the first kind, order zero, by its power series. */
function bessel(x: number): number {
  let sum = 1;
  let term = 1;
  for (let k = 1; term > sum * 1e-12; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

function greatestCommonDivisor(a: number, b: number): number {
  while (b !== 0) [a, b] = [b, a % b];
  return a;
}
