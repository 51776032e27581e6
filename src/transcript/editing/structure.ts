import { paragraphEnd } from '../paragraphs.ts';
import type { Segment, Transcript } from '../transcript.ts';
import { flowOf } from './flow.ts';

/** A paragraph within its transcript, and the time there is for it. */
export interface Located {
  /** Index of its first segment. */
  readonly at: number;
  readonly segments: readonly Segment[];
  /** Where the words before it end. */
  readonly startSample: number;
  /** Where those behind it begin; infinite where there are none. */
  readonly endSample: number;
}

/** @param id of the paragraph's first segment. @returns `null` when there is none. */
export function locate({ segments }: Transcript, id: string): Located | null {
  const at = segments.findIndex((segment) => segment.id === id);
  if (at < 0) return null;
  const end = paragraphEnd(segments, at);
  const behind = segments[end];
  return {
    at,
    segments: segments.slice(at, end),
    startSample: endBefore(segments, at),
    endSample: behind?.committed[0]?.startSample ?? behind?.startSample ?? Infinity,
  };
}

/** Where what stands before a segment ends; one without words is a moment. */
function endBefore(segments: readonly Segment[], at: number): number {
  const last = segments[at - 1];
  if (last === undefined) return 0;
  return last.committed.at(-1)?.endSample ?? Math.max(last.startSample, endBefore(segments, at - 1));
}

/**
 * Puts paragraphs in place of one. Each of their segments says from now on whether it begins a paragraph, and so does the one
 * behind them: what is corrected (a full stop more, a word less) must not move the paragraphs around.
 */
export function put(
  transcript: Transcript,
  place: Located,
  ...paragraphs: readonly (readonly Segment[])[]
): Transcript {
  const held = paragraphs.flatMap((segments) =>
    segments.map((segment, index) => hold(segment, index === 0 ? 'begins' : 'continues')),
  );
  const end = place.at + place.segments.length;
  const behind = transcript.segments.slice(end);
  return {
    segments: [
      ...transcript.segments.slice(0, place.at),
      ...held,
      ...behind.slice(0, 1).map((segment) => hold(segment, 'begins')),
      ...behind.slice(1),
    ],
  };
}

function hold(segment: Segment, paragraph: NonNullable<Segment['paragraph']>): Segment {
  return segment.paragraph === paragraph ? segment : { ...segment, paragraph };
}

/** An id for a segment that comes off `id`, unlike all others. */
export function freshId({ segments }: Transcript, id: string): string {
  const taken = new Set(segments.map((segment) => segment.id));
  let count = 2;
  while (taken.has(`${id}~${count}`)) count++;
  return `${id}~${count}`;
}

/** Without those that have no words; one stays, so that there is a place to write. The first keeps the paragraph's id. */
export function withoutEmpty(segments: readonly Segment[]): Segment[] {
  const [head] = segments;
  if (head === undefined) return [];
  const kept = segments.filter(({ committed }) => committed.length > 0);
  const [first, ...rest] = kept;
  if (first === undefined) return [head];
  return first.id === head.id ? kept : [{ ...first, id: head.id }, ...rest];
}

/** Where a seam cannot be written as it is in `text` (it would get a space of its own), its two segments become one. */
export function joinSeams(segments: readonly Segment[], text: string): Segment[] {
  const joined: Segment[] = [];
  for (const segment of segments) {
    const last = joined.at(-1);
    if (last === undefined || text.startsWith(flowOf([...joined, segment]).text)) joined.push(segment);
    else joined.splice(-1, 1, { ...last, committed: [...last.committed, ...segment.committed] });
  }
  return joined;
}
