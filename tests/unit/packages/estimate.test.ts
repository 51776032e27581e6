import { expect, test } from 'vitest';
import { TimeLeft } from '../../../src/recognizer/packages/estimate.ts';

/** Feeds a steady download, one event per `stepMs`. */
function feed(estimate: TimeLeft, fromMs: number, toMs: number, stepMs: number, bytesAt: (ms: number) => number): void {
  for (let ms = fromMs; ms <= toMs; ms += stepMs) estimate.add(ms, bytesAt(ms));
}

test('a steady download is told to the second', () => {
  const estimate = new TimeLeft();
  feed(estimate, 0, 5000, 100, (ms) => ms * 1000);
  expect(estimate.secondsLeft(20_000_000)).toBeCloseTo(15, 5);
});

test('what was stored before does not count as speed', () => {
  const estimate = new TimeLeft();
  feed(estimate, 0, 5000, 100, (ms) => 50_000_000 + ms * 1000);
  expect(estimate.secondsLeft(60_000_000)).toBeCloseTo(5, 5);
});

test('nothing is told before there is something to judge by, nor while nothing comes', () => {
  const estimate = new TimeLeft();
  expect(estimate.secondsLeft(1000)).toBeNull();
  feed(estimate, 0, 900, 100, (ms) => ms);
  expect(estimate.secondsLeft(1000)).toBeNull();
  const stalled = new TimeLeft();
  feed(stalled, 0, 5000, 100, () => 500);
  expect(stalled.secondsLeft(1000)).toBeNull();
});

test('it follows a change of speed within seconds', () => {
  const estimate = new TimeLeft();
  feed(estimate, 0, 10_000, 100, (ms) => ms * 1000);
  feed(estimate, 10_100, 30_000, 100, (ms) => 10_000_000 + (ms - 10_000) * 100);
  const left = estimate.secondsLeft(22_000_000);
  expect(left).toBeGreaterThan(60);
  expect(left).toBeLessThanOrEqual(100);
});

test('a repeated part slows the estimate and never makes it negative', () => {
  const estimate = new TimeLeft();
  feed(estimate, 0, 4000, 100, (ms) => ms * 1000);
  estimate.add(4100, 1_000_000);
  expect(estimate.secondsLeft(4_000_000)).toBeGreaterThan(0);
  expect(estimate.secondsLeft(500_000)).toBe(0);
});
