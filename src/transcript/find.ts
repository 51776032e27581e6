import { replaceText } from './edit.ts';
import { paragraphsOf } from './paragraphs.ts';
import type { Segment, Transcript } from './transcript.ts';

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

/** By the ids of their paragraphs. */
export function byParagraph(matches: readonly Match[]): ReadonlyMap<string, readonly Match[]> {
  const groups = new Map<string, Match[]>();
  for (const match of matches) {
    const group = groups.get(match.paragraph);
    if (group === undefined) groups.set(match.paragraph, [match]);
    else group.push(match);
  }
  return groups;
}

/** All of them at once, as one edit. @param matches of this transcript, in order. Pure. */
export function replaceMatches(transcript: Transcript, matches: readonly Match[], replacement: string): Transcript {
  const wanted = byParagraph(matches);
  const paragraphs = paragraphsOf(transcript).map(({ segments }) => segments);
  const segments: Segment[] = [];
  for (const [index, paragraph] of paragraphs.entries()) {
    const places = wanted.get(paragraph[0]!.id) ?? [];
    // With its neighbours, which are all that an edit looks at: thousands of edits must not copy ten hours each.
    const before = segments.slice(-1);
    const behind = paragraphs[index + 1]?.slice(0, 1) ?? [];
    const edited = places.reduceRight(
      (part, place) => replaceText(part, { ...place, offset: place.from }, place.to, replacement).transcript,
      { segments: [...before, ...paragraph, ...behind] } as Transcript,
    );
    const end = edited.segments.length - behind.length;
    segments.push(...edited.segments.slice(before.length, end));
    const [held] = edited.segments.slice(end);
    if (held !== undefined) paragraphs[index + 1] = [held, ...paragraphs[index + 1]!.slice(1)];
  }
  return { segments };
}
