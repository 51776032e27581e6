import { describe, expect, it } from 'vitest';
import { Timeline } from '../../../src/audio/timeline.ts';
import { seeded } from '../../support/seeded.ts';

/** 16-bit values, which come back exactly. */
const ramp = (from: number, length: number): Float32Array =>
  Float32Array.from({ length }, (_, i) => (((from + i) % 65_536) - 32_768) / 32_768);

/** Index of the first sample that is not the ramp's; -1 when all are. (Vitest compares half a million numbers slowly.) */
const firstWrong = (samples: Float32Array, from: number): number =>
  samples.findIndex((sample, i) => sample !== (((from + i) % 65_536) - 32_768) / 32_768);

describe('Timeline', () => {
  it('gives back what was put in, by absolute index, across pieces of any size (seeded)', () => {
    const random = seeded(7);
    const timeline = new Timeline();
    while (timeline.end < 200_000) timeline.append(ramp(timeline.end, Math.floor(random() * 5_000)));
    for (let round = 0; round < 100; round++) {
      const from = Math.floor(random() * timeline.end);
      const to = from + Math.floor(random() * (timeline.end - from));
      const samples = timeline.slice(from, to);
      expect(samples.length).toBe(to - from);
      expect(firstWrong(samples, from)).toBe(-1);
    }
  });

  it('gives up audio from the start, and memory with it', () => {
    const timeline = new Timeline();
    for (let second = 0; second < 600; second++) {
      timeline.append(ramp(timeline.end, 16_000));
      timeline.dropBefore(timeline.end - 40_000);
    }
    expect(timeline.byteLength).toBeLessThan(200_000);
    expect(timeline.start).toBe(timeline.end - 40_000);
    expect(firstWrong(timeline.slice(timeline.start, timeline.end), timeline.start)).toBe(-1);
  });

  it('goes on after everything was given up', () => {
    const timeline = new Timeline();
    timeline.append(ramp(0, 50_000));
    timeline.dropBefore(Infinity);
    timeline.append(ramp(50_000, 1_000));
    expect(firstWrong(timeline.slice(50_000, 51_000), 50_000)).toBe(-1);
  });

  it('refuses what is not there', () => {
    const timeline = new Timeline();
    timeline.append(ramp(0, 100));
    timeline.dropBefore(50);
    expect(() => timeline.slice(49, 60)).toThrow(RangeError);
    expect(() => timeline.slice(90, 101)).toThrow(RangeError);
    expect(() => timeline.slice(60, 59)).toThrow(RangeError);
  });

  it('clips what is too loud', () => {
    const timeline = new Timeline();
    timeline.append(Float32Array.of(2, -2, 1));
    expect([...timeline.slice(0, 3)]).toEqual([32_767 / 32_768, -1, 32_767 / 32_768]);
  });
});
