import { expect, it } from 'vitest';
import { SAMPLE_RATE } from '../../../src/audio/units.ts';
import { Pace } from '../../../src/session/files/pace.ts';

it('knows the time left from the first second on: as expected, until it has measured', () => {
  const pace = new Pace(0.5);
  expect(pace.secondsFor(60 * SAMPLE_RATE)).toBeCloseTo(30);
  pace.observe(0, 5_000);
  expect(pace.secondsFor(60 * SAMPLE_RATE)).toBeCloseTo(30);
  pace.observe(15 * SAMPLE_RATE, 15_000 * 1.5);
  expect(pace.secondsFor(60 * SAMPLE_RATE)).toBeCloseTo(60);
});

it('follows what the machine does now, and soon forgets what was expected', () => {
  const pace = new Pace(10);
  for (let i = 0; i < 50; i++) pace.observe(30 * SAMPLE_RATE, 3_000);
  expect(pace.factor).toBeLessThan(0.35);
  for (let i = 0; i < 20; i++) pace.observe(30 * SAMPLE_RATE, 15_000);
  expect(pace.factor).toBeGreaterThan(0.5);
});
