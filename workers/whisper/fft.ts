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
  readonly #cos: Float64Array;
  readonly #sin: Float64Array;
  readonly #radices: readonly Radix[];

  /** @param length a product of fours and fives. @throws RangeError for any other length. */
  constructor(readonly length: number) {
    this.#radices = factors(length);
    this.re = new Float64Array(length);
    this.im = new Float64Array(length);
    this.#spareRe = new Float64Array(length);
    this.#spareIm = new Float64Array(length);
    this.#cos = Float64Array.from({ length }, (_, k) => Math.cos((2 * Math.PI * k) / length));
    this.#sin = Float64Array.from({ length }, (_, k) => -Math.sin((2 * Math.PI * k) / length));
  }

  /** Replaces `re`, `im` by their transform. */
  transform(): void {
    let from: Complex = { re: this.re, im: this.im };
    let to: Complex = { re: this.#spareRe, im: this.#spareIm };
    // Before each stage the array holds `stride` interleaved sequences of `rest` points; after it, `radix` times as many.
    let rest = this.length;
    let stride = 1;
    for (const radix of this.#radices) {
      rest /= radix;
      if (radix === 4) this.#stage4(rest, stride, from, to);
      else this.#stage5(rest, stride, from, to);
      [from, to] = [to, from];
      stride *= radix;
    }
    if (from.re !== this.re) {
      this.re.set(from.re);
      this.im.set(from.im);
    }
  }

  #stage4(rest: number, stride: number, from: Complex, to: Complex): void {
    const hop = rest * stride;
    for (let p = 0; p < rest; p++) {
      for (let q = 0; q < stride; q++) {
        const a = p * stride + q;
        const [b, c, d] = [a + hop, a + 2 * hop, a + 3 * hop];
        const sumRe = from.re[a]! + from.re[c]!;
        const sumIm = from.im[a]! + from.im[c]!;
        const differenceRe = from.re[a]! - from.re[c]!;
        const differenceIm = from.im[a]! - from.im[c]!;
        const sum2Re = from.re[b]! + from.re[d]!;
        const sum2Im = from.im[b]! + from.im[d]!;
        const difference2Re = from.re[b]! - from.re[d]!;
        const difference2Im = from.im[b]! - from.im[d]!;
        const out = 4 * p * stride + q;
        const turn = p * stride;
        this.#put(to, out, 0, sumRe + sum2Re, sumIm + sum2Im);
        this.#put(to, out + stride, turn, differenceRe + difference2Im, differenceIm - difference2Re);
        this.#put(to, out + 2 * stride, 2 * turn, sumRe - sum2Re, sumIm - sum2Im);
        this.#put(to, out + 3 * stride, 3 * turn, differenceRe - difference2Im, differenceIm + difference2Re);
      }
    }
  }

  #stage5(rest: number, stride: number, from: Complex, to: Complex): void {
    const hop = rest * stride;
    for (let p = 0; p < rest; p++) {
      for (let q = 0; q < stride; q++) {
        const a = p * stride + q;
        const [b, c, d, e] = [a + hop, a + 2 * hop, a + 3 * hop, a + 4 * hop];
        const outerRe = from.re[b]! + from.re[e]!;
        const outerIm = from.im[b]! + from.im[e]!;
        const innerRe = from.re[c]! + from.re[d]!;
        const innerIm = from.im[c]! + from.im[d]!;
        const outerDifferenceRe = from.re[b]! - from.re[e]!;
        const outerDifferenceIm = from.im[b]! - from.im[e]!;
        const innerDifferenceRe = from.re[c]! - from.re[d]!;
        const innerDifferenceIm = from.im[c]! - from.im[d]!;
        const meanRe1 = from.re[a]! + COS_72 * outerRe + COS_144 * innerRe;
        const meanIm1 = from.im[a]! + COS_72 * outerIm + COS_144 * innerIm;
        const meanRe2 = from.re[a]! + COS_144 * outerRe + COS_72 * innerRe;
        const meanIm2 = from.im[a]! + COS_144 * outerIm + COS_72 * innerIm;
        const skewRe1 = SIN_72 * outerDifferenceIm + SIN_144 * innerDifferenceIm;
        const skewIm1 = -SIN_72 * outerDifferenceRe - SIN_144 * innerDifferenceRe;
        const skewRe2 = SIN_144 * outerDifferenceIm - SIN_72 * innerDifferenceIm;
        const skewIm2 = -SIN_144 * outerDifferenceRe + SIN_72 * innerDifferenceRe;
        const out = 5 * p * stride + q;
        const turn = p * stride;
        this.#put(to, out, 0, from.re[a]! + outerRe + innerRe, from.im[a]! + outerIm + innerIm);
        this.#put(to, out + stride, turn, meanRe1 + skewRe1, meanIm1 + skewIm1);
        this.#put(to, out + 2 * stride, 2 * turn, meanRe2 + skewRe2, meanIm2 + skewIm2);
        this.#put(to, out + 3 * stride, 3 * turn, meanRe2 - skewRe2, meanIm2 - skewIm2);
        this.#put(to, out + 4 * stride, 4 * turn, meanRe1 - skewRe1, meanIm1 - skewIm1);
      }
    }
  }

  /** Writes a point, turned by `turn` of `length` parts of the circle. */
  #put(to: Complex, index: number, turn: number, re: number, im: number): void {
    const cos = this.#cos[turn]!;
    const sin = this.#sin[turn]!;
    to.re[index] = re * cos - im * sin;
    to.im[index] = re * sin + im * cos;
  }
}

interface Complex {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

type Radix = 4 | 5;

const COS_72 = Math.cos((2 * Math.PI) / 5);
const COS_144 = Math.cos((4 * Math.PI) / 5);
const SIN_72 = Math.sin((2 * Math.PI) / 5);
const SIN_144 = Math.sin((4 * Math.PI) / 5);

function factors(length: number): Radix[] {
  const found: Radix[] = [];
  let rest = length;
  for (const radix of [4, 5] as const) {
    while (rest % radix === 0 && rest > 1) {
      found.push(radix);
      rest /= radix;
    }
  }
  if (!Number.isInteger(length) || rest !== 1)
    throw new RangeError(`length: ${length} is not a product of fours and fives`);
  return found;
}
