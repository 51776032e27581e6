import { joint } from '../paragraphs.ts';
import type { Segment } from '../transcript.ts';
import type { Word } from '../word.ts';

/** Where a word stands in the text of its paragraph: `[from, to)` in UTF-16 units, with the white space before it. */
export interface Place {
  /** Index among the paragraph's segments. */
  readonly segment: number;
  readonly word: Word;
  readonly from: number;
  readonly to: number;
}

/** A paragraph as running text. The places cover it without gaps, in order. */
export interface Flow {
  readonly text: string;
  readonly places: readonly Place[];
}

/** The committed words of some segments as one text. Nothing stands before its first letter; everything else is as it was written. */
export function flowOf(segments: readonly Segment[]): Flow {
  let text = '';
  const places: Place[] = [];
  for (const [segment, { committed }] of segments.entries())
    for (const [position, word] of committed.entries()) {
      const from = text.length;
      const shown = from === 0 ? word.text.trimStart() : word.text;
      text += position === 0 ? joint(text, shown) + shown : shown;
      places.push({ segment, word, from, to: text.length });
    }
  return { text, places };
}

/** Index of the place that holds the character at `offset`, or of the last one; -1 without words. */
export function placeAt({ places }: Flow, offset: number): number {
  const at = places.findIndex(({ to }) => offset < to);
  return at < 0 ? places.length - 1 : at;
}

/** Where a place's own letters begin. */
export const inkStart = ({ text }: Flow, { from, to }: Place): number => to - text.slice(from, to).trimStart().length;
