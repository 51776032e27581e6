import { expect, it } from 'vitest';
import { SAMPLE_RATE } from '../../../src/audio/units.ts';
import { Pace } from '../../../src/session/files/pace.ts';

it('says nothing of the time left until it has measured', () => {
  const pace = new Pace();
  expect(pace.secondsFor(60 * SAMPLE_RATE)).toBeNull();
  pace.observe(0, 5_000);
  expect(pace.secondsFor(60 * SAMPLE_RATE)).toBeNull();
});

it('follows what the machine does now', () => {
  const pace = new Pace();
  for (let i = 0; i < 50; i++) pace.observe(10 * SAMPLE_RATE, 1_000);
  expect(pace.secondsFor(100 * SAMPLE_RATE)).toBeCloseTo(10);
  for (let i = 0; i < 20; i++) pace.observe(10 * SAMPLE_RATE, 5_000);
  expect(pace.secondsFor(100 * SAMPLE_RATE)).toBeCloseTo(50);
});
