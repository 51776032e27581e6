import { SAMPLE_RATE } from '../audio/units.ts';
import type { Segment, Transcript } from './transcript.ts';

/** Segments that are read together. Keyed by its first segment. */
export interface Paragraph {
  readonly id: string;
  readonly segments: readonly Segment[];
}

/** A pause this long begins a new paragraph. */
const PAUSE_SAMPLES = 2.5 * SAMPLE_RATE;
/** A paragraph that has gone on for so long ends at the next end of a sentence. */
const LONG_SAMPLES = 45 * SAMPLE_RATE;

const SENTENCE_END = /[.!?…。！？।۔]["'”’»」』）)]*\s*$/u;

/** Groups segments by their pauses. Pure; a segment without a word yet belongs to the paragraph it will be written in. */
export function paragraphsOf({ segments }: Transcript): Paragraph[] {
  const paragraphs: Paragraph[] = [];
  for (let at = 0; at < segments.length;) {
    const end = paragraphEnd(segments, at);
    paragraphs.push({ id: segments[at]!.id, segments: segments.slice(at, end) });
    at = end;
  }
  return paragraphs;
}

/** Index behind the last segment of the paragraph that begins at `at`. */
export function paragraphEnd(segments: readonly Segment[], at: number): number {
  const first = segments[at]!;
  let end = at + 1;
  while (end < segments.length && !begins(segments[end]!, first, segments[end - 1]!)) end++;
  return end;
}

function begins(segment: Segment, first: Segment, last: Segment): boolean {
  if (segment.paragraph !== undefined) return segment.paragraph === 'begins';
  if (segment.language !== last.language && segment.language !== null && last.language !== null) return true;
  const end = endOf(last);
  if (segment.startSample - end >= PAUSE_SAMPLES) return true;
  return end - first.startSample >= LONG_SAMPLES && SENTENCE_END.test(last.committed.at(-1)?.text ?? '');
}

/** Where a segment's words end, as far as they are known; its start while it has none. */
function endOf(segment: Segment): number {
  return (segment.tentative.at(-1) ?? segment.committed.at(-1))?.endSample ?? segment.startSample;
}

/** Scripts whose sentences follow each other without a space. */
const UNSPACED_EDGE = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\u3000-\u303f\uff00-\uffef]/u;

/** What stands between two texts of one paragraph: a space, or nothing where the script (or the text) has it already. */
export function joint(before: string, after: string): '' | ' ' {
  const last = before.at(-1);
  const first = after.at(0);
  if (last === undefined || first === undefined || /\s/.test(last) || /\s/.test(first)) return '';
  return UNSPACED_EDGE.test(last) || UNSPACED_EDGE.test(first) ? '' : ' ';
}
