import { replaceText } from './edit.ts';
import type { Transcript } from './transcript.ts';

export interface Wanted {
  readonly text: string;
  readonly matchCase: boolean;
}

/** Where it stands: `[from, to)` in the text of a paragraph, in UTF-16 units. */
export interface Match {
  readonly paragraph: string;
  readonly from: number;
  readonly to: number;
}

/** Every place, in order, also across segments; white space is found however much of it there is. Nothing is found by nothing. */
export function findAll(paragraphs: Iterable<{ readonly id: string; readonly text: string }>, wanted: Wanted): Match[] {
  const source = wanted.text.replace(/[$()*+.?[\\\]^{|}/]/g, String.raw`\$&`).replace(/\s+/gu, String.raw`\s+`);
  if (wanted.text.trim() === '') return [];
  const pattern = new RegExp(source, wanted.matchCase ? 'gu' : 'giu');
  const matches: Match[] = [];
  for (const { id, text } of paragraphs)
    for (const found of text.matchAll(pattern))
      matches.push({ paragraph: id, from: found.index, to: found.index + found[0].length });
  return matches;
}

/** All of them at once, as one edit. @param matches of this transcript, in order. Pure. */
export function replaceMatches(transcript: Transcript, matches: readonly Match[], replacement: string): Transcript {
  // From the last one on, so that the offsets of the others still hold.
  return matches.reduceRight(
    (edited, { paragraph, from, to }) => replaceText(edited, { paragraph, offset: from }, to, replacement).transcript,
    transcript,
  );
}
