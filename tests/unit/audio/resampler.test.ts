import { describe, expect, it } from 'vitest';
import { Resampler } from '../../../src/audio/resampler.ts';
import { seeded } from '../../support/seeded.ts';

const TO = 16_000;

const sine = (hz: number, rate: number, count: number): Float32Array =>
  Float32Array.from({ length: count }, (_, i) => 0.5 * Math.sin((2 * Math.PI * hz * i) / rate));

function resampled(samples: Float32Array, from: number, pieces: (at: number) => number): Float32Array {
  const resampler = new Resampler(from, TO);
  const output: number[] = [];
  for (let at = 0; at < samples.length;) {
    const count = pieces(at);
    output.push(...resampler.push(samples.subarray(at, at + count)));
    at += count;
  }
  output.push(...resampler.flush());
  return Float32Array.from(output);
}

const inFrames = (): number => 480;

/** Power of the sine over that of all else, in dB, away from the ends. */
function signalToNoise(samples: Float32Array, hz: number): number {
  let noise = 0;
  let signal = 0;
  for (let i = 400; i < samples.length - 400; i++) {
    const expected = 0.5 * Math.sin((2 * Math.PI * hz * i) / TO);
    signal += expected ** 2;
    noise += ((samples[i] ?? 0) - expected) ** 2;
  }
  return 10 * Math.log10(signal / noise);
}

describe('Resampler', () => {
  for (const from of [48_000, 44_100, 96_000, 22_050, 8_000]) {
    it(`keeps a sine of ${from} Hz more than 60 dB above what it adds, without a shift in time`, () => {
      for (const hz of [100, 997, 3_100]) {
        const output = resampled(sine(hz, from, from), from, inFrames);
        expect(Math.abs(output.length - TO)).toBeLessThanOrEqual(1);
        expect(signalToNoise(output, hz)).toBeGreaterThan(60);
      }
    });
  }

  it('gives the same samples whatever the size of the pieces (seeded): no clicks at their borders', () => {
    const random = seeded(3);
    const samples = Float32Array.from({ length: 44_100 }, () => random() - 0.5);
    const whole = resampled(samples, 44_100, () => samples.length);
    expect(resampled(samples, 44_100, inFrames)).toEqual(whole);
    expect(resampled(samples, 44_100, () => 1 + Math.floor(random() * 1_000))).toEqual(whole);
  });

  it('lets nothing fold back from above', () => {
    for (const hz of [9_000, 12_000, 20_000]) {
      const output = resampled(sine(hz, 48_000, 48_000), 48_000, inFrames);
      const peak = output.subarray(400, -400).reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
      expect(20 * Math.log10(peak / 0.5)).toBeLessThan(-60);
    }
  });

  it('does not drift in a minute', () => {
    const resampler = new Resampler(44_100, TO);
    const second = new Float32Array(44_100);
    let count = 0;
    for (let i = 0; i < 60; i++) count += resampler.push(second).length;
    count += resampler.flush().length;
    expect(Math.abs(count - 60 * TO)).toBeLessThanOrEqual(1);
  });

  it('refuses rates that are none', () => {
    expect(() => new Resampler(0, TO)).toThrow(/sample rate/);
    expect(() => new Resampler(44_100.5, TO)).toThrow(/sample rate/);
  });
});
