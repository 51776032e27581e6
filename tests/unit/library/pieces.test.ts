import { describe, expect, it } from 'vitest';
import { cut, keptSegments, type Piece } from '../../../src/library/pieces.ts';
import { PIECE_SEGMENTS } from '../../../src/library/records.ts';
import type { Segment } from '../../../src/transcript/transcript.ts';
import { seeded } from '../../support/seeded.ts';

let made = 0;
const segment = (text = 'word'): Segment => ({
  id: `s${made++}`,
  startSample: 0,
  language: 'en',
  committed: [{ text, startSample: 0, endSample: 1, probability: 1 }],
  tentative: [],
  final: true,
});
const segments = (count: number) => Array.from({ length: count }, () => segment());
const together = (pieces: readonly Piece[]) => pieces.flatMap((piece) => piece.segments);
/** Pieces that must be written, and those that must be taken away. */
const changes = (before: readonly Piece[], after: readonly Piece[]) => ({
  written: after.filter((piece) => !before.includes(piece)).length,
  gone: before.filter(({ index }) => !after.some((piece) => piece.index === index)).length,
});

describe('a text in pieces', () => {
  it('of ten hours is cut into short ones, in order', () => {
    const all = segments(10_000);
    const pieces = cut(all, []);
    expect(together(pieces)).toEqual(all);
    expect(Math.max(...pieces.map((piece) => piece.segments.length))).toBeLessThanOrEqual(PIECE_SEGMENTS);
  });

  it('that grows at its end changes one or two of them', () => {
    let all = segments(1_000);
    let pieces = cut(all, []);
    for (let i = 0; i < 200; i++) {
      all = [...all, segment()];
      const after = cut(all, pieces);
      expect(changes(pieces, after).written).toBeLessThanOrEqual(2);
      expect(changes(pieces, after).gone).toBe(0);
      pieces = after;
    }
    expect(together(pieces)).toEqual(all);
  });

  it('that is edited anywhere moves nothing else, however often', () => {
    const random = seeded(6);
    let all = segments(2_000);
    let pieces = cut(all, []);
    for (let i = 0; i < 500; i++) {
      const at = Math.floor(random() * all.length);
      const kind = Math.floor(random() * 3);
      all = kind === 0 ? all.with(at, segment()) : kind === 1 ? all.toSpliced(at, 1) : all.toSpliced(at, 0, segment());
      const after = cut(all, pieces);
      expect(changes(pieces, after).written).toBeLessThanOrEqual(2);
      expect(together(after)).toEqual(all);
      const places = after.map(({ index }) => index);
      expect(places).toEqual([...new Set(places)].sort((a, b) => a - b));
      pieces = after;
    }
  });

  it('that is split in one place again and again runs out of numbers between, and is numbered anew', () => {
    let all = segments(128);
    let pieces = cut(all, []);
    for (let i = 0; i < 5_000; i++) {
      all = all.toSpliced(64, 0, segment());
      pieces = cut(all, pieces);
    }
    expect(together(pieces)).toEqual(all);
    const places = pieces.map(({ index }) => index);
    expect(places).toEqual([...new Set(places)].sort((a, b) => a - b));
  });

  it('that did not change is the same', () => {
    const all = segments(100);
    const pieces = cut(all, []);
    expect(cut([...all], pieces)).toBe(pieces);
    expect(cut([], [])).toEqual([]);
    expect(cut([], pieces)).toEqual([]);
  });
});

describe('what is kept of a transcript', () => {
  it('is what is committed; a tentative word makes no segment another one', () => {
    const [first, second] = [segment('Good'), segment('morning')];
    const pieces = cut(keptSegments({ segments: [first, second] }, []), []);
    const tentative = { ...second, final: false, tentative: first.committed };
    const nothing = { ...segment(), committed: [], tentative: first.committed };
    const once = keptSegments({ segments: [first, tentative, nothing] }, pieces);
    expect(once).toEqual([first, { ...second, final: false }]);
    expect(once[0]).toBe(first);
    const twice = keptSegments({ segments: [first, { ...tentative, tentative: [] }] }, cut(once, pieces));
    expect(twice[1]).toBe(once[1]);
  });
});
