import { describe, expect, it } from 'vitest';
import { SAMPLE_RATE } from '../../../src/audio/units.ts';
import { mixToMono } from '../../../workers/media/mono.ts';
import { Stream, type Piece } from '../../../workers/media/stream.ts';
import { seeded } from '../../support/seeded.ts';

/** A tone whose every sample tells its time. */
const tone = (rate: number, from: number, count: number) =>
  Float32Array.from({ length: count }, (_, i) => Math.sin((2 * Math.PI * 220 * (from + i)) / rate));

function collect(stream: Stream, pieces: readonly Piece[]): number[] {
  const all: number[] = [];
  for (const piece of pieces) for (const part of stream.push(piece)) all.push(...part);
  for (const part of stream.flush()) all.push(...part);
  return all;
}

/** Cut at random, as packets are. */
function cut(rate: number, count: number, seed: number): Piece[] {
  const random = seeded(seed);
  const pieces: Piece[] = [];
  for (let at = 0; at < count;) {
    const length = Math.min(count - at, 100 + Math.floor(random() * 2_000));
    pieces.push({ timeSeconds: at / rate, sampleRate: rate, samples: tone(rate, at, length) });
    at += length;
  }
  return pieces;
}

describe('the stream of a file', () => {
  it.each([16_000, 8_000, 44_100, 48_000])(
    'is the same at %i Hz whatever the packets, and begins where it is told',
    (rate) => {
      const pieces = cut(rate, 2 * rate, rate);
      const whole = collect(new Stream(0), pieces);
      expect(whole.length).toBeGreaterThanOrEqual(2 * SAMPLE_RATE - 1);
      const from = 0.8 * SAMPLE_RATE;
      const late = new Stream(from);
      const rest = collect(late, pieces.slice(pieces.findIndex((piece) => piece.timeSeconds > 0.4)));
      expect(late.position).toBe(from + rest.length);
      for (let i = 500; i < SAMPLE_RATE; i += 97) expect(rest[i]).toBeCloseTo(whole[from + i]!, 3);
    },
  );

  it('F37: puts silence where packets are missing, so that later times stay true', () => {
    const pieces = cut(SAMPLE_RATE, 3 * SAMPLE_RATE, 3).filter(
      ({ timeSeconds }) => timeSeconds < 1 || timeSeconds >= 2,
    );
    const all = collect(new Stream(0), pieces);
    expect(all.length).toBe(3 * SAMPLE_RATE);
    const reference = tone(SAMPLE_RATE, 0, all.length);
    for (let i = Math.floor(2.2 * SAMPLE_RATE); i < all.length; i += 101) expect(all[i]).toBeCloseTo(reference[i]!, 5);
    expect(all.slice(1.3 * SAMPLE_RATE, 1.7 * SAMPLE_RATE).every((sample) => sample === 0)).toBe(true);
  });

  it('leaves out what a decoder gives before the file begins', () => {
    const all = collect(new Stream(0), [
      { timeSeconds: -0.1, sampleRate: SAMPLE_RATE, samples: new Float32Array(1_600).fill(0.5) },
      { timeSeconds: 0, sampleRate: SAMPLE_RATE, samples: new Float32Array(160).fill(0.25) },
    ]);
    expect(all).toEqual(Array.from({ length: 160 }, () => 0.25));
  });

  it('takes a clock that starts anew for new sound, and a leap of days for a broken clock (F40)', () => {
    const second = new Float32Array(SAMPLE_RATE).fill(0.25);
    const all = collect(
      new Stream(0),
      [0, 1, 2, 0, 1, 864_000, 864_001].map((timeSeconds) => ({
        timeSeconds,
        sampleRate: SAMPLE_RATE,
        samples: second,
      })),
    );
    expect(all.length).toBe(7 * SAMPLE_RATE);
    expect(all.every((sample) => sample === 0.25)).toBe(true);
  });

  it('goes on when the rate changes', () => {
    const all = collect(new Stream(0), [...cut(48_000, 48_000, 1), ...shifted(cut(44_100, 44_100, 2), 1)]);
    expect(Math.abs(all.length - 2 * SAMPLE_RATE)).toBeLessThan(20);
  });
});

const shifted = (pieces: readonly Piece[], by: number): Piece[] =>
  pieces.map((piece) => ({ ...piece, timeSeconds: piece.timeSeconds + by }));

describe('F43: the mix', () => {
  it('is silent where a sample is no number, and stays within bounds', () => {
    const left = Float32Array.of(0.5, NaN, Infinity, 3, -0.25);
    const right = Float32Array.of(0.25, 0.1, 0.1, 3, -0.25);
    expect([...mixToMono([left, right])]).toEqual([0.375, 0, 0, 1, -0.25]);
    expect([...mixToMono([left])]).toEqual([0.5, 0, 0, 1, -0.25]);
  });
});
