/**
 * A complex discrete Fourier transform of one fixed length, by Stockham's self-sorting algorithm with radices 4 and 5 (Van
 * Loan, "Computational Frameworks for the Fast Fourier Transform", 1992, section 1.7). Whisper's window of 400 samples is
 * 4 · 4 · 5 · 5: no padding to a power of two, no Bluestein detour.
 *
 * `transform` works in place on `re` and `im` and allocates nothing.
 */
export class FourierTransform {
  readonly re: Float64Array;
  readonly im: Float64Array;
  readonly #spareRe: Float64Array;
  readonly #spareIm: Float64Array;
  readonly #stages: readonly Stage[];

  /** @param length a product of fours and fives. @throws RangeError for any other length. */
  constructor(readonly length: number) {
    this.#stages = stagesOf(length);
    this.re = new Float64Array(length);
    this.im = new Float64Array(length);
    this.#spareRe = new Float64Array(length);
    this.#spareIm = new Float64Array(length);
  }

  /** Replaces `re`, `im` by their transform. */
  transform(): void {
    let [fromRe, fromIm, toRe, toIm] = [this.re, this.im, this.#spareRe, this.#spareIm];
    for (const stage of this.#stages) {
      if (stage.radix === 4) combine4(stage, fromRe, fromIm, toRe, toIm);
      else combine5(stage, fromRe, fromIm, toRe, toIm);
      [fromRe, fromIm, toRe, toIm] = [toRe, toIm, fromRe, fromIm];
    }
    if (fromRe !== this.re) {
      this.re.set(fromRe);
      this.im.set(fromIm);
    }
  }
}

/** Before it the array holds `stride` interleaved sequences of `radix · rest` points; after it, `radix` times as many of `rest`. */
interface Stage {
  readonly radix: 4 | 5;
  readonly rest: number;
  readonly stride: number;
  /** For each of the `rest` points the turns of its outputs but the first, as cosine and sine in pairs. */
  readonly turns: Float64Array;
}

type Points = Float64Array;

function combine4({ rest, stride, turns }: Stage, re: Points, im: Points, toRe: Points, toIm: Points): void {
  const hop = rest * stride;
  for (let p = 0; p < rest; p++) {
    const cos1 = turns[6 * p]!;
    const sin1 = turns[6 * p + 1]!;
    const cos2 = turns[6 * p + 2]!;
    const sin2 = turns[6 * p + 3]!;
    const cos3 = turns[6 * p + 4]!;
    const sin3 = turns[6 * p + 5]!;
    let a = p * stride;
    let out = 4 * a;
    for (const end = a + stride; a < end; a++, out++) {
      const sumRe = re[a]! + re[a + 2 * hop]!;
      const sumIm = im[a]! + im[a + 2 * hop]!;
      const lessRe = re[a]! - re[a + 2 * hop]!;
      const lessIm = im[a]! - im[a + 2 * hop]!;
      const sum2Re = re[a + hop]! + re[a + 3 * hop]!;
      const sum2Im = im[a + hop]! + im[a + 3 * hop]!;
      const less2Re = re[a + hop]! - re[a + 3 * hop]!;
      const less2Im = im[a + hop]! - im[a + 3 * hop]!;
      toRe[out] = sumRe + sum2Re;
      toIm[out] = sumIm + sum2Im;
      toRe[out + stride] = (lessRe + less2Im) * cos1 - (lessIm - less2Re) * sin1;
      toIm[out + stride] = (lessRe + less2Im) * sin1 + (lessIm - less2Re) * cos1;
      toRe[out + 2 * stride] = (sumRe - sum2Re) * cos2 - (sumIm - sum2Im) * sin2;
      toIm[out + 2 * stride] = (sumRe - sum2Re) * sin2 + (sumIm - sum2Im) * cos2;
      toRe[out + 3 * stride] = (lessRe - less2Im) * cos3 - (lessIm + less2Re) * sin3;
      toIm[out + 3 * stride] = (lessRe - less2Im) * sin3 + (lessIm + less2Re) * cos3;
    }
  }
}

function combine5({ rest, stride, turns }: Stage, re: Points, im: Points, toRe: Points, toIm: Points): void {
  const hop = rest * stride;
  for (let p = 0; p < rest; p++) {
    const cos1 = turns[8 * p]!;
    const sin1 = turns[8 * p + 1]!;
    const cos2 = turns[8 * p + 2]!;
    const sin2 = turns[8 * p + 3]!;
    const cos3 = turns[8 * p + 4]!;
    const sin3 = turns[8 * p + 5]!;
    const cos4 = turns[8 * p + 6]!;
    const sin4 = turns[8 * p + 7]!;
    let a = p * stride;
    let out = 5 * a;
    for (const end = a + stride; a < end; a++, out++) {
      const outerRe = re[a + hop]! + re[a + 4 * hop]!;
      const outerIm = im[a + hop]! + im[a + 4 * hop]!;
      const innerRe = re[a + 2 * hop]! + re[a + 3 * hop]!;
      const innerIm = im[a + 2 * hop]! + im[a + 3 * hop]!;
      const outerLessRe = re[a + hop]! - re[a + 4 * hop]!;
      const outerLessIm = im[a + hop]! - im[a + 4 * hop]!;
      const innerLessRe = re[a + 2 * hop]! - re[a + 3 * hop]!;
      const innerLessIm = im[a + 2 * hop]! - im[a + 3 * hop]!;
      const mean1Re = re[a]! + COS_72 * outerRe + COS_144 * innerRe;
      const mean1Im = im[a]! + COS_72 * outerIm + COS_144 * innerIm;
      const mean2Re = re[a]! + COS_144 * outerRe + COS_72 * innerRe;
      const mean2Im = im[a]! + COS_144 * outerIm + COS_72 * innerIm;
      const skew1Re = SIN_72 * outerLessIm + SIN_144 * innerLessIm;
      const skew1Im = -SIN_72 * outerLessRe - SIN_144 * innerLessRe;
      const skew2Re = SIN_144 * outerLessIm - SIN_72 * innerLessIm;
      const skew2Im = -SIN_144 * outerLessRe + SIN_72 * innerLessRe;
      toRe[out] = re[a]! + outerRe + innerRe;
      toIm[out] = im[a]! + outerIm + innerIm;
      toRe[out + stride] = (mean1Re + skew1Re) * cos1 - (mean1Im + skew1Im) * sin1;
      toIm[out + stride] = (mean1Re + skew1Re) * sin1 + (mean1Im + skew1Im) * cos1;
      toRe[out + 2 * stride] = (mean2Re + skew2Re) * cos2 - (mean2Im + skew2Im) * sin2;
      toIm[out + 2 * stride] = (mean2Re + skew2Re) * sin2 + (mean2Im + skew2Im) * cos2;
      toRe[out + 3 * stride] = (mean2Re - skew2Re) * cos3 - (mean2Im - skew2Im) * sin3;
      toIm[out + 3 * stride] = (mean2Re - skew2Re) * sin3 + (mean2Im - skew2Im) * cos3;
      toRe[out + 4 * stride] = (mean1Re - skew1Re) * cos4 - (mean1Im - skew1Im) * sin4;
      toIm[out + 4 * stride] = (mean1Re - skew1Re) * sin4 + (mean1Im - skew1Im) * cos4;
    }
  }
}

const COS_72 = Math.cos((2 * Math.PI) / 5);
const COS_144 = Math.cos((4 * Math.PI) / 5);
const SIN_72 = Math.sin((2 * Math.PI) / 5);
const SIN_144 = Math.sin((4 * Math.PI) / 5);

function stagesOf(length: number): Stage[] {
  const stages: Stage[] = [];
  let rest = length;
  let stride = 1;
  for (const radix of [4, 5] as const) {
    while (rest % radix === 0 && rest > 1) {
      rest /= radix;
      stages.push({ radix, rest, stride, turns: turnsOf(radix, rest) });
      stride *= radix;
    }
  }
  if (!Number.isInteger(length) || rest !== 1)
    throw new RangeError(`length: ${length} is not a product of fours and fives`);
  return stages;
}

function turnsOf(radix: number, rest: number): Float64Array {
  const turns = new Float64Array(2 * (radix - 1) * rest);
  for (let p = 0, at = 0; p < rest; p++) {
    for (let output = 1; output < radix; output++) {
      const angle = (2 * Math.PI * p * output) / (radix * rest);
      turns[at++] = Math.cos(angle);
      turns[at++] = -Math.sin(angle);
    }
  }
  return turns;
}
