import type { Segment, Transcript } from '../transcript/transcript.ts';
import { PIECE_SEGMENTS } from './records.ts';

/** Some segments of a text, and what orders them among the others. */
export interface Piece {
  readonly index: number;
  readonly segments: readonly Segment[];
}

const NOTHING: Segment['tentative'] = [];

/** What of a transcript is kept: words that are committed. Segments that have not changed stay the same objects. */
export function keptSegments({ segments }: Transcript, before: readonly Piece[]): readonly Segment[] {
  const known = new Map(before.flatMap((piece) => piece.segments.map((segment) => [segment.id, segment])));
  return segments
    .filter((segment) => segment.committed.length > 0)
    .map((segment) => {
      const kept = segment.tentative.length === 0 ? segment : { ...segment, tentative: NOTHING };
      const same = known.get(segment.id);
      return same !== undefined && isSame(kept, same) ? same : kept;
    });
}

/** Two states of a segment share what did not change. */
function isSame(a: Segment, b: Segment): boolean {
  const keys = Object.keys(a) as (keyof Segment)[];
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => a[key] === b[key] || (key === 'tentative' && a[key].length === b[key].length));
}

/**
 * Cuts a text into pieces that are those of the text before wherever nothing has changed: what is added at the end, or split in the
 * middle of ten hours, makes one or two pieces anew and moves none.
 */
export function cut(segments: readonly Segment[], before: readonly Piece[]): readonly Piece[] {
  let head = 0;
  let from = 0;
  for (; head < before.length; head++) {
    const piece = before[head]!;
    if (!standsAt(piece, segments, from)) break;
    from += piece.segments.length;
  }
  let tail = before.length;
  let to = segments.length;
  for (; tail > head; tail--) {
    const piece = before[tail - 1]!;
    if (to - piece.segments.length < from || !standsAt(piece, segments, to - piece.segments.length)) break;
    to -= piece.segments.length;
  }
  if (from === to && head === tail) return before;
  const parts = evenly(segments.slice(from, to));
  const places = placesFor(parts.length, before.slice(head, tail), before[head - 1]?.index, before[tail]?.index);
  if (places === null) return evenly(segments).map((part, index) => ({ index, segments: part }));
  const middle = parts.map((part, i) => ({ index: places[i]!, segments: part }));
  return [...before.slice(0, head), ...middle, ...before.slice(tail)];
}

const standsAt = (piece: Piece, segments: readonly Segment[], at: number): boolean =>
  piece.segments.every((segment, i) => segments[at + i] === segment);

/** Parts of about the same length leave each other room to grow. */
function evenly(segments: readonly Segment[]): (readonly Segment[])[] {
  const count = Math.ceil(segments.length / PIECE_SEGMENTS);
  const length = Math.ceil(segments.length / count);
  return Array.from({ length: count }, (_, i) => segments.slice(i * length, (i + 1) * length));
}

/** Where pieces go that take the place of others; `null` when there is no number left between the neighbours. */
function placesFor(
  count: number,
  replaced: readonly Piece[],
  lower = -1,
  upper = Math.floor(lower) + count + 1,
): number[] | null {
  if (count <= replaced.length) return replaced.slice(0, count).map(({ index }) => index);
  const places = Array.from({ length: count }, (_, i) => lower + ((upper - lower) * (i + 1)) / (count + 1));
  const ascending = [lower, ...places, upper].every((place, i, all) => i === 0 || place > all[i - 1]!);
  return ascending ? places : null;
}
