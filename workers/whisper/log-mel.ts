import { FourierTransform } from './fft.ts';
import { SAMPLE_RATE } from '../../src/audio/units.ts';

/** Samples between two frames: 10 ms. */
const HOP_SAMPLES = 160;
/** Samples under one window: 25 ms. */
const WINDOW_SAMPLES = 400;
/** Two mel frames make one encoder position of 20 ms. */
export const FRAMES_PER_POSITION = 2;
export const SAMPLES_PER_POSITION = HOP_SAMPLES * FRAMES_PER_POSITION;
/** Whisper's fixed context: 30 s. */
export const MAX_FRAMES = 3000;

const BINS = WINDOW_SAMPLES / 2 + 1;
const DYNAMIC_RANGE = 8;
const FLOOR = -10;

/**
 * Whisper's log-mel spectrogram (openai/whisper, `audio.py`: Hann window, power spectrum, Slaney mel filters, log10, clamped to
 * 8 below the loudest, scaled) of the frames that exist: what the reference computes from the silence it pads with is a
 * constant, and is written as one.
 */
export class LogMel {
  readonly #melCount: number;
  readonly #window: Float64Array;
  readonly #filters: MelFilters;
  readonly #fourier = new FourierTransform(WINDOW_SAMPLES);
  readonly #power = [new Float64Array(BINS), new Float64Array(BINS)] as const;

  constructor(melCount = 80) {
    this.#melCount = melCount;
    this.#window = Float64Array.from(
      { length: WINDOW_SAMPLES },
      (_, n) => 0.5 - 0.5 * Math.cos((2 * Math.PI * n) / WINDOW_SAMPLES),
    );
    this.#filters = melFilters(melCount);
  }

  /**
   * @param samples mono, 16 kHz, at most 30 s.
   * @param frames how many frames to return, of 10 ms; those past the audio are silence. At most {@link MAX_FRAMES}.
   * @returns `[mel, frame]`, row by row, as the encoder's `input_features` wants them.
   */
  compute(samples: Float32Array, frames: number): Float32Array<ArrayBuffer> {
    if (!Number.isInteger(frames) || frames < 1 || frames > MAX_FRAMES)
      throw new RangeError(`frames: ${frames} is not within 1…${MAX_FRAMES}`);
    const mel = new Float32Array(this.#melCount * frames);
    // A window reaches 200 samples before and after its centre; the frame whose window starts behind the last sample is silent.
    const heard = Math.min(frames, Math.ceil((samples.length + WINDOW_SAMPLES / 2) / HOP_SAMPLES));
    const [first, second] = this.#power;
    let highest = 0;
    // Two real frames make one complex transform.
    for (let frame = 0; frame < heard; frame += 2) {
      this.#transformPair(samples, frame);
      highest = Math.max(highest, this.#filter(first, mel, frame, frames));
      if (frame + 1 < heard) highest = Math.max(highest, this.#filter(second, mel, frame + 1, frames));
    }
    const loudest = Math.max(FLOOR, Math.log10(highest));
    const floor = Math.max(loudest - DYNAMIC_RANGE, FLOOR);
    const quiet = 10 ** floor;
    const silence = (floor + 4) / 4;
    for (let m = 0; m < this.#melCount; m++) {
      const row = mel.subarray(m * frames, (m + 1) * frames);
      for (let t = 0; t < heard; t++) row[t] = row[t]! <= quiet ? silence : (Math.log10(row[t]!) + 4) / 4;
      row.fill(silence, heard);
    }
    return mel;
  }

  /** Writes a frame's energies, one a row. @returns the highest of them. */
  #filter(power: Float64Array, mel: Float32Array, frame: number, frames: number): number {
    const { from, to, weights } = this.#filters;
    let highest = 0;
    for (let m = 0, at = 0, row = frame; m < this.#melCount; m++, row += frames) {
      let energy = 0;
      for (let k = from[m]!; k < to[m]!; k++, at++) energy += weights[at]! * power[k]!;
      mel[row] = energy;
      if (energy > highest) highest = energy;
    }
    return highest;
  }

  /** Power spectra of two neighbouring frames: one as the real part, one as the imaginary part, told apart by symmetry. */
  #transformPair(samples: Float32Array, frame: number): void {
    const { re, im } = this.#fourier;
    const window = this.#window;
    const start = frame * HOP_SAMPLES - WINDOW_SAMPLES / 2;
    const inside = start >= 0 && start + HOP_SAMPLES + WINDOW_SAMPLES <= samples.length;
    for (let n = 0; n < WINDOW_SAMPLES; n++) {
      const [a, b] = [start + n, start + n + HOP_SAMPLES];
      re[n] = window[n]! * (inside ? samples[a]! : at(samples, a));
      im[n] = window[n]! * (inside ? samples[b]! : at(samples, b));
    }
    this.#fourier.transform();
    const [first, second] = this.#power;
    first[0] = re[0]! * re[0]!;
    second[0] = im[0]! * im[0]!;
    for (let k = 1, mirror = WINDOW_SAMPLES - 1; k < BINS; k++, mirror--) {
      const evenRe = re[k]! + re[mirror]!;
      const evenIm = im[k]! - im[mirror]!;
      const oddRe = im[k]! + im[mirror]!;
      const oddIm = re[mirror]! - re[k]!;
      first[k] = (evenRe * evenRe + evenIm * evenIm) / 4;
      second[k] = (oddRe * oddRe + oddIm * oddIm) / 4;
    }
  }
}

/** The reference reflects the samples at the start and pads with silence at the end. */
function at(samples: Float32Array, index: number): number {
  return samples[index < 0 ? -index : index] ?? 0;
}

/** Filter m weighs frequency bins `from[m]` to before `to[m]`; the weights of all stand one after another. */
interface MelFilters {
  readonly from: readonly number[];
  readonly to: readonly number[];
  readonly weights: Float64Array;
}

/** Triangular filters on Slaney's mel scale, each of unit area (librosa `filters.mel(norm="slaney", htk=False)`). */
function melFilters(melCount: number): MelFilters {
  const edges = Array.from({ length: melCount + 2 }, (_, i) =>
    melToHertz((hertzToMel(SAMPLE_RATE / 2) * i) / (melCount + 1)),
  );
  const from: number[] = [];
  const to: number[] = [];
  const all: number[] = [];
  for (let m = 0; m < melCount; m++) {
    const [low, centre, high] = [edges[m]!, edges[m + 1]!, edges[m + 2]!];
    const weights = Array.from({ length: BINS }, (_, k) => {
      const hertz = (k * SAMPLE_RATE) / WINDOW_SAMPLES;
      const height = Math.min((hertz - low) / (centre - low), (high - hertz) / (high - centre));
      return (Math.max(0, height) * 2) / (high - low);
    });
    const first = Math.max(
      0,
      weights.findIndex((weight) => weight > 0),
    );
    const end = weights.findLastIndex((weight) => weight > 0) + 1;
    from.push(first);
    to.push(end);
    all.push(...weights.slice(first, end));
  }
  return { from, to, weights: Float64Array.from(all) };
}

const LINEAR_HERTZ_PER_MEL = 200 / 3;
const LOG_FROM_HERTZ = 1000;
const LOG_FROM_MEL = LOG_FROM_HERTZ / LINEAR_HERTZ_PER_MEL;
const LOG_STEP = Math.log(6.4) / 27;

function hertzToMel(hertz: number): number {
  return hertz < LOG_FROM_HERTZ
    ? hertz / LINEAR_HERTZ_PER_MEL
    : LOG_FROM_MEL + Math.log(hertz / LOG_FROM_HERTZ) / LOG_STEP;
}

function melToHertz(mel: number): number {
  return mel < LOG_FROM_MEL ? mel * LINEAR_HERTZ_PER_MEL : LOG_FROM_HERTZ * Math.exp(LOG_STEP * (mel - LOG_FROM_MEL));
}
