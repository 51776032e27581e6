import { describe, expect, it } from 'vitest';
import { msToSamples, samplesToMs } from '../../../src/audio/units.ts';
import { toSoundEdges } from '../../../workers/whisper/sound-edges.ts';
import { seeded } from '../../support/seeded.ts';

const START = msToSamples(5000);

/** A voice in a room: `loud` spans sound, in milliseconds, the rest is `roomDb` below them. */
function sound(lengthMs: number, loud: readonly (readonly [from: number, to: number])[], roomDb = 50): Float32Array {
  const random = seeded(3);
  return Float32Array.from({ length: msToSamples(lengthMs) }, (_, i) => {
    const ms = samplesToMs(i);
    const level = loud.some(([from, to]) => ms >= from && ms < to) ? 0.5 : 0.5 * 10 ** (-roomDb / 20);
    return level * (2 * random() - 1);
  });
}

/** Words between times in milliseconds; each ends where the next begins. */
const meeting = (...times: readonly number[]) =>
  times.slice(0, -1).map((ms, i) => ({
    text: ` word${i}`,
    startSample: START + msToSamples(ms),
    endSample: START + msToSamples(times[i + 1]!),
    probability: 1,
    tokens: [],
  }));

const edges = (times: readonly number[], samples: Float32Array, leadMs = 40) =>
  toSoundEdges(meeting(...times), samples, START, leadMs).map(({ startSample, endSample }) => [
    samplesToMs(startSample - START),
    samplesToMs(endSample - START),
  ]);

describe('toSoundEdges', () => {
  it('begins the first word and ends the last where sound does', () => {
    expect(edges([0, 500, 1300], sound(1300, [[250, 1000]]))).toEqual([
      [240, 540],
      [540, 1010],
    ]);
  });

  it('gives a pause to nobody, whichever word attention gave it to', () => {
    const samples = sound(3000, [
      [0, 1000],
      [2000, 3000],
    ]);
    const parted = [
      [0, 1010],
      [1990, 3000],
    ];
    expect(edges([0, 1000, 3000], samples)).toEqual(parted);
    expect(edges([0, 1950, 3000], samples)).toEqual(parted);
    expect(edges([0, 1400, 3000], samples)).toEqual(parted);
    // A scrap of the word before, or of the one behind, goes back to it.
    expect(edges([0, 900, 3000], samples)).toEqual(parted);
    expect(edges([0, 2050, 3000], samples)).toEqual(parted);
  });

  it('does not take a closure within a word for a pause', () => {
    const stopped = [
      [0, 400],
      [520, 1000],
    ] as const;
    expect(edges([0, 1000], sound(1000, stopped))).toEqual([[0, 1000]]);
  });

  it('moves nothing to where it is loud all the time, but for the lead of attention, or its lag', () => {
    expect(edges([0, 50, 400, 1000], sound(1000, [[0, 1000]]), -70)).toEqual([
      [0, 0],
      [0, 330],
      [330, 1000],
    ]);
    expect(edges([0, 400, 1000], sound(1000, [[0, 1000]]))).toEqual([
      [0, 440],
      [440, 1000],
    ]);
    expect(edges([0, 400, 1000], sound(1000, [[300, 700]], 12))).toEqual([
      [0, 440],
      [440, 1000],
    ]);
  });

  it('leaves a word that nobody hears where attention has it', () => {
    const [, silent] = edges([0, 800, 900, 2000], sound(2000, [[0, 300]]));
    expect(silent).toEqual([840, 940]);
    expect(toSoundEdges([], sound(100, []), START, 40)).toEqual([]);
  });

  it('keeps words in order, and each with a beginning before its end', () => {
    const random = seeded(8);
    for (let round = 0; round < 40; round++) {
      const loud = Array.from({ length: 4 }, () => Math.floor(random() * 1000))
        .toSorted((a, b) => a - b)
        .reduce<[number, number][]>((spans, at, i, all) => (i % 2 ? [...spans, [all[i - 1]!, at]] : spans), []);
      const times = Array.from({ length: 7 }, () => 20 * Math.floor(random() * 50)).toSorted((a, b) => a - b);
      const flat = edges(times, sound(1000, loud)).flat();
      expect(flat, `round ${round}`).toEqual(flat.toSorted((a, b) => a - b));
    }
  });
});
