import { expect, test } from 'vitest';
import { onsetMs } from '../../evaluate/harness/onset.ts';
import { fixture, readWav } from '../../fixtures/wav.ts';

const RATE = 16_000;

/** Faint noise with a tone in it. */
function recording(toneFromMs: number, toneMs: number): Float32Array {
  let seed = 3;
  const noise = (): number => ((seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647 - 0.5) * 0.002;
  const [from, to] = [(toneFromMs * RATE) / 1000, ((toneFromMs + toneMs) * RATE) / 1000];
  return Float32Array.from(
    { length: 2 * RATE },
    (_, i) => noise() + (i >= from && i < to ? 0.2 * Math.sin((2 * Math.PI * 220 * i) / RATE) : 0),
  );
}

test('sound sets in where it does, to a window of 20 ms', () => {
  expect(onsetMs(recording(500, 800))).toBe(500);
  expect(onsetMs(recording(730, 800))).toBe(720);
});

test('a click before it is no onset', () => {
  const samples = recording(900, 800);
  samples.fill(0.9, 3200, 3240);
  expect(onsetMs(samples)).toBe(900);
});

test('silence has none', () => {
  expect(onsetMs(new Float32Array(RATE))).toBeNull();
  expect(onsetMs(new Float32Array(0))).toBeNull();
});

test('our own recordings begin with the pause that was put there', () => {
  for (const [id, pauseMs] of [
    ['callback', 400],
    ['nurse', 500],
    ['garden', 800],
  ] as const) {
    const onset = onsetMs(readWav(fixture(id).path).samples) ?? NaN;
    expect(Math.abs(onset - pauseMs), id).toBeLessThanOrEqual(120);
  }
});
