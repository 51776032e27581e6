import { rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fixture, microphoneFile, readWav, upsample } from '../../fixtures/wav.ts';

const sine = (hertz: number, sampleRate: number, length: number): Float32Array =>
  Float32Array.from({ length }, (_, i) => 0.5 * Math.sin((2 * Math.PI * hertz * i) / sampleRate));

test('upsampling gives the same tone at three times the rate', () => {
  const { sampleRate, samples } = upsample({ sampleRate: 16_000, samples: sine(1000, 16_000, 4800) }, 3);
  const wanted = sine(1000, 48_000, 14_400);
  expect(sampleRate).toBe(48_000);
  expect(samples).toHaveLength(14_400);
  // The edges know only one side.
  for (let i = 200; i < 14_200; i++) expect(Math.abs((samples[i] ?? NaN) - (wanted[i] ?? NaN))).toBeLessThan(0.005);
});

test('upsampling by a part is refused', () => {
  expect(() => upsample({ sampleRate: 44_100, samples: new Float32Array(1) }, 48_000 / 44_100)).toThrow('factor');
});

test('the fake microphone gets 48 kHz, after the silence that was asked for', () => {
  const path = microphoneFile('callback', 250);
  try {
    const { sampleRate, samples } = readWav(path);
    const original = readWav(fixture('callback').path);
    expect(sampleRate).toBe(48_000);
    expect(samples).toHaveLength(12_000 + 3 * original.samples.length);
    expect(samples.subarray(0, 12_000).every((sample) => sample === 0)).toBe(true);
    // Every third sample is one of the original's.
    for (let i = 0; i < original.samples.length; i += 97) {
      expect(samples[12_000 + 3 * i]).toBeCloseTo(original.samples[i] ?? NaN, 4);
    }
  } finally {
    rmSync(path);
  }
});

test('a recording that is not there is named', () => {
  expect(() => fixture('nothing')).toThrow('nothing');
});
