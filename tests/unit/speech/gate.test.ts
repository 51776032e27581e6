import { describe, expect, it } from 'vitest';
import { msToSamples, secondsToSamples } from '../../../src/audio/units.ts';
import { FILE, Gate, LIVE, WINDOW_SAMPLES, type GateEvent, type GateOptions } from '../../../src/speech/gate.ts';
import { seeded } from '../../support/seeded.ts';

/** `[seconds, probability]` each. */
type Stretch = readonly [number, number];

const windowsOf = (stretches: readonly Stretch[]): number[] =>
  stretches.flatMap(([seconds, probability]) =>
    Array.from({ length: Math.round(secondsToSamples(seconds) / WINDOW_SAMPLES) }, () => probability),
  );

function hear(options: GateOptions, probabilities: readonly number[]): GateEvent[] {
  const gate = new Gate(options);
  const events = probabilities.flatMap((probability) => gate.push(probability));
  return [...events, ...gate.flush(gate.position)];
}

interface Piece {
  readonly start: number;
  readonly end: number;
  readonly speechEnd: number;
  readonly discarded: boolean;
  readonly continuesFrom: number | null;
}

/** Utterances, in seconds. */
function pieces(events: readonly GateEvent[]): Piece[] {
  const found: Piece[] = [];
  let start = NaN;
  for (const event of events) {
    if (event.type === 'started') start = event.startSample / 16_000;
    else {
      const { discarded, continuesFrom } = event;
      found.push({
        start,
        end: event.endSample / 16_000,
        speechEnd: event.speechEndSample / 16_000,
        discarded,
        continuesFrom: continuesFrom === null ? null : continuesFrom / 16_000,
      });
    }
  }
  return found;
}

const live = (...stretches: Stretch[]): Piece[] => pieces(hear(LIVE, windowsOf(stretches)));
const file = (...stretches: Stretch[]): Piece[] => pieces(hear(FILE, windowsOf(stretches)));

describe('Gate, live', () => {
  it('begins before the onset and ends soon after the voice pauses', () => {
    const [only, ...others] = live([2, 0.02], [1.6, 0.9], [2, 0.02]);
    expect(others).toEqual([]);
    expect(only?.start).toBeCloseTo(2 - 0.3, 1);
    expect(only?.speechEnd).toBeCloseTo(3.6, 1);
    expect(only?.end).toBeCloseTo(3.9, 1);
    expect(only).toMatchObject({ discarded: false, continuesFrom: null });
  });

  it('says that the utterance has ended within 850 ms', () => {
    const gate = new Gate(LIVE);
    for (const probability of windowsOf([[2, 0.9]])) gate.push(probability);
    const spokenUntil = gate.position;
    while (gate.open !== null) gate.push(0.01);
    expect(gate.position - spokenUntil).toBeLessThanOrEqual(msToSamples(850));
  });

  it('is not split by short dips', () => {
    expect(live([1, 0.9], [0.4, 0.05], [1, 0.9], [1, 0.02]).length).toBe(1);
  });

  it('is split by a pause', () => {
    const [first, second] = live([1, 0.9], [0.8, 0.05], [1, 0.9], [1, 0.02]);
    expect(second?.start).toBeGreaterThanOrEqual(first?.end ?? NaN);
  });

  it('does not begin below the onset, and does not pause above the release', () => {
    expect(live([3, 0.45])).toEqual([]);
    expect(live([1, 0.6], [3, 0.4], [1, 0.01])[0]?.speechEnd).toBeCloseTo(4, 1);
  });

  it('discards a click', () => {
    expect(live([1, 0.02], [0.064, 0.9], [2, 0.02])).toMatchObject([{ discarded: true }]);
  });

  it('F28 keeps everything up to the end of capture in mid-word', () => {
    const gate = new Gate(LIVE);
    for (const probability of windowsOf([[1.024, 0.9]])) gate.push(probability);
    expect(gate.flush(gate.position - 100)).toMatchObject([
      { type: 'ended', endSample: gate.position - 100, speechEndSample: gate.position - 100, discarded: false },
    ]);
  });
});

describe('Gate, too long', () => {
  it('cuts at the longest pause', () => {
    const [first, second] = live([12, 0.9], [0.2, 0.1], [6, 0.9], [0.4, 0.1], [14, 0.9], [1, 0.01]);
    expect(first?.end).toBeGreaterThan(18.2);
    expect(first?.end).toBeLessThan(18.6);
    expect(first).toMatchObject({ continuesFrom: first?.end, discarded: false });
    expect(first?.speechEnd).toBeCloseTo(18.2, 1);
    expect(second?.start).toBeGreaterThanOrEqual(first?.end ?? NaN);
    expect(second?.start).toBeLessThan(18.6);
  });

  it('cuts at the weakest moment where nobody pauses, and says that it goes on', () => {
    const cut = live([22, 0.95], [0.1, 0.5], [12, 0.95], [1, 0.01]);
    expect(cut.length).toBe(2);
    expect(cut[0]?.end).toBeCloseTo(22, 0);
    expect(cut[0]?.continuesFrom).toBe(cut[0]?.end);
    expect(cut[1]?.start).toBe(cut[0]?.end);
    expect(cut[1]?.continuesFrom).toBe(null);
  });

  it('is content with a shorter pause the longer somebody goes on', () => {
    const ends = (...stretches: Stretch[]): number => live(...stretches, [3, 0.01]).length;
    expect(ends([10, 0.9], [0.5, 0.01], [4, 0.9])).toBe(1);
    expect(ends([24, 0.9], [0.5, 0.01], [4, 0.9])).toBe(2);
  });

  it('has no need to be cut while its text becomes final as it goes on', () => {
    const gate = new Gate(LIVE);
    const events = windowsOf([[120, 0.9]]).flatMap((probability) => {
      const found = gate.push(probability);
      gate.trim(gate.position - secondsToSamples(4));
      return found;
    });
    expect(events.map(({ type }) => type)).toEqual(['started']);
    expect(gate.open?.startSample).toBe(gate.position - secondsToSamples(4));
    expect(gate.flush(gate.position)).toMatchObject([{ endSample: gate.position, discarded: false }]);
  });

  it('is never cut within what is final, nor thrown away for what little is left (seeded)', () => {
    for (let seed = 1; seed <= 40; seed++) {
      const random = seeded(seed);
      const gate = new Gate(LIVE);
      let final = 0;
      const check = (event: GateEvent): void => {
        if (event.type === 'started') expect(event.startSample, `seed ${seed}`).toBeGreaterThanOrEqual(final);
        else {
          expect(event.endSample, `seed ${seed}`).toBeGreaterThanOrEqual(final);
          if (final > 0 && event.endSample === final) expect(event.discarded).toBe(false);
          final = 0;
        }
      };
      const stretches = Array.from({ length: 40 }, (): Stretch => [random() ** 2 * 12, random() < 0.7 ? 0.9 : 0.05]);
      for (const probability of windowsOf(stretches)) {
        gate.push(probability).forEach(check);
        if (gate.open === null || random() > 0.02) continue;
        final = Math.max(final, Math.floor(gate.position - random() * secondsToSamples(20)));
        gate.trim(final);
      }
    }
  });

  it('keeps what is left of a word after such a cut, however little', () => {
    const gate = new Gate(LIVE);
    const events: GateEvent[] = [];
    // The weakest moment is the last one before the limit.
    const windows = windowsOf([[27.9, 0.95]]);
    windows.fill(0.6, -2);
    for (const probability of [...windows, ...windowsOf([[2, 0.01]])]) events.push(...gate.push(probability));
    expect(pieces(events).every(({ discarded }) => !discarded)).toBe(true);
  });

  it('lets the next utterance of a file hear the last seconds before such a cut again', () => {
    const cut = file([22, 0.95], [0.1, 0.5], [30, 0.95], [1, 0.01]);
    expect(cut.length).toBe(3);
    expect(cut[0]?.continuesFrom).toBeCloseTo(22.05 - 3, 1);
    expect(cut[1]?.start).toBe(cut[0]?.continuesFrom);
    expect(cut[2]?.start).toBe(cut[1]?.continuesFrom);
    expect(cut[2]).toMatchObject({ continuesFrom: null, discarded: false });
  });

  it('never hands over more than 30 s, overlaps only where speech is cut, and loses none (seeded)', () => {
    for (const options of [LIVE, FILE]) {
      for (let seed = 1; seed <= 40; seed++) {
        const random = seeded(seed);
        const probabilities = windowsOf(
          Array.from({ length: 60 }, (): Stretch => [random() ** 3 * 20, random() < 0.5 ? 0.9 : random() * 0.5]),
        );
        const heard = pieces(hear(options, probabilities));
        let last = 0;
        for (const { start, end, speechEnd, continuesFrom } of heard) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          expect(end - start).toBeLessThanOrEqual(30);
          expect(speechEnd).toBeLessThanOrEqual(end);
          last = continuesFrom ?? end;
        }
        const lost = probabilities.findIndex((probability, at) => {
          const second = ((at + 0.5) * WINDOW_SAMPLES) / 16_000;
          return probability >= options.onset && !heard.some(({ start, end }) => start <= second && second <= end);
        });
        expect(lost, `seed ${seed}`).toBe(-1);
      }
    }
  });
});

describe('Gate, file', () => {
  it('merges what short pauses part', () => {
    expect(file([4, 0.9], [1, 0.02], [4, 0.9], [1.5, 0.02], [4, 0.9], [3, 0.02]).length).toBe(1);
  });

  it('fills pieces up to 30 s and splits them at pauses only', () => {
    const sentences = Array.from({ length: 30 }, (): Stretch[] => [
      [3.5, 0.9],
      [0.5, 0.02],
    ]).flat();
    const found = file(...sentences);
    expect(found.length).toBeGreaterThanOrEqual(4);
    expect(found.length).toBeLessThanOrEqual(6);
    for (const { end, continuesFrom } of found.slice(0, -1)) expect(continuesFrom).toBe(end);
    for (const { end } of found.slice(0, -1)) expect(end % 4).toBeGreaterThan(3.4);
  });
});

describe('Gate, file, at a seam', () => {
  const SENTENCE_SECONDS = 7;
  /** Every place a sentence can have between the ends of two pieces, behind every kind of pause. */
  const places = [0.07, 0.16, 0.4, 1, 1.9, 2.5].flatMap((gap) =>
    Array.from({ length: 60 }, (_, i) => ({ gap, start: 3 + i / 2 })),
  );

  it('has every sentence heard whole, or its cut on both sides', () => {
    const broken = places.filter(({ gap, start }) => {
      const found = file([start - gap, 0.9], [gap, 0.02], [SENTENCE_SECONDS, 0.9], [gap, 0.02], [25, 0.9], [3, 0.02]);
      // Windows of 32 ms know no better.
      const [first, last] = [start + 0.04, start + SENTENCE_SECONDS - 0.04];
      if (found.some((piece) => piece.start <= first && last <= piece.end)) return false;
      const at = found.findIndex((piece) => piece.start <= first && first <= piece.end);
      const [before, after] = [found[at], found[at + 1]];
      const overlap = (before?.end ?? NaN) - (after?.start ?? NaN);
      return !(Math.abs(overlap - 3) < 0.1 && (after?.end ?? NaN) >= last);
    });
    expect(broken).toEqual([]);
  });
});

describe('Gate options', () => {
  it('names the one that is out of range', () => {
    expect(() => new Gate({ ...LIVE, onset: 2 })).toThrow(/onset: 0 to 1/);
    expect(() => new Gate({ ...LIVE, release: 0.6 })).toThrow(/release/);
    expect(() => new Gate({ ...LIVE, maxMs: 40_000 })).toThrow(/maxMs/);
    expect(() => new Gate({ ...LIVE, overlapMs: 6_000 })).toThrow(/overlapMs/);
    expect(() => new Gate({ ...LIVE, endSilenceMs: NaN })).toThrow(/endSilenceMs|postRollMs/);
  });
});
