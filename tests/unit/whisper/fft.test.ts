import { describe, expect, it } from 'vitest';
import { FourierTransform } from '../../../workers/whisper/fft.ts';
import { seeded } from '../../support/seeded.ts';

describe('FourierTransform', () => {
  it.each([1, 4, 5, 16, 20, 25, 80, 100, 400])('is the sum it is defined as, over %i points', (length) => {
    const random = seeded(length);
    const transform = new FourierTransform(length);
    const re = Float64Array.from({ length }, () => random() - 0.5);
    const im = Float64Array.from({ length }, () => random() - 0.5);
    transform.re.set(re);
    transform.im.set(im);
    transform.transform();
    for (let k = 0; k < length; k++) {
      let [sumRe, sumIm] = [0, 0];
      for (let n = 0; n < length; n++) {
        const angle = (-2 * Math.PI * ((k * n) % length)) / length;
        sumRe += re[n]! * Math.cos(angle) - im[n]! * Math.sin(angle);
        sumIm += re[n]! * Math.sin(angle) + im[n]! * Math.cos(angle);
      }
      expect(transform.re[k]).toBeCloseTo(sumRe, 10);
      expect(transform.im[k]).toBeCloseTo(sumIm, 10);
    }
  });

  it.each([0, -4, 2, 3, 8, 60, 4.5, NaN])('refuses %d points', (length) => {
    expect(() => new FourierTransform(length)).toThrow(/length/);
  });
});
