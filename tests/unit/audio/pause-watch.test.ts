import { describe, expect, it } from 'vitest';
import { PauseWatch } from '../../../src/audio/pause-watch.ts';
import { FRAME_SAMPLES, samplesToMs } from '../../../src/audio/units.ts';
import { seeded } from '../../support/seeded.ts';

const FRAME_MS = samplesToMs(FRAME_SAMPLES);

/** Frames that come when the clock says so. @returns the places where sound is found to have broken off. */
function heard(arrivalsMs: Iterable<number>): number[] {
  const watch = new PauseWatch();
  const found: number[] = [];
  let captured = 0;
  for (const ms of arrivalsMs) {
    captured += FRAME_SAMPLES;
    const ago = watch.push(FRAME_SAMPLES, ms);
    if (ago !== null) found.push(captured - ago);
  }
  return found;
}

/** Arrivals of so many frames; `late` says by how much each is. */
const frames = (count: number, late: (frame: number) => number): number[] =>
  Array.from({ length: count }, (_, frame) => 1e12 + frame * FRAME_MS + late(frame));

describe('a pause that nobody tells of', () => {
  it('F33 is found where the laptop fell asleep, once, however long it slept', () => {
    expect(heard(frames(2_000, (frame) => (frame < 700 ? 0 : 3_600_000)))).toEqual([700 * FRAME_SAMPLES]);
    const twice = (frame: number) => (frame < 700 ? 0 : frame < 1_400 ? 10_000 : 20_000);
    expect(heard(frames(2_000, twice))).toEqual([700 * FRAME_SAMPLES, 1_400 * FRAME_SAMPLES]);
  });

  it('F29 is not a thread that was held up and catches up', () => {
    // Everything of ten seconds comes at once at their end.
    expect(heard(frames(2_000, (frame) => (frame >= 700 && frame < 1_033 ? (1_033 - frame) * FRAME_MS : 0)))).toEqual(
      [],
    );
  });

  it('F34 is not a clock that drifts in eight hours, nor buffers that come unevenly', () => {
    const random = seeded(34);
    const eightHours = (8 * 3_600_000) / FRAME_MS;
    expect(heard(frames(eightHours, (frame) => frame * FRAME_MS * 2e-4 + random() ** 8 * 1_500))).toEqual([]);
  });

  it('F9 is not a clock that is set back', () => {
    expect(heard(frames(5_000, (frame) => (frame < 700 ? 0 : -3_600_000)))).toEqual([]);
  });
});
