import { fold, foldWithOrigins } from './fold.ts';
import { joined, type Passage } from './passage.ts';

/** All words of a session, as they are searched. */
export interface SearchText {
  /** As written. */
  readonly text: string;
  readonly folded: string;
  /** See `Folded` of `fold.ts`. */
  readonly origins: Uint32Array | null;
  readonly offsets: Uint32Array;
  readonly starts: Uint32Array;
}

/** Words that were found, with those around them. */
export interface Hit {
  /** When the first of the words was said: sample index at 16 kHz. */
  readonly atSample: number;
  readonly before: string;
  readonly match: string;
  readonly after: string;
}

export interface Found {
  /** The first ones. */
  readonly hits: readonly Hit[];
  /** Of all there are, at most {@link MOST_COUNTED}. */
  readonly count: number;
}

/** What is looked for, folded. `null` from {@link queryOf}: nothing that could be found. */
export interface Query {
  readonly phrase: string;
  /** Its words, longest first; one where it has no spaces. */
  readonly terms: readonly string[];
}

/** Nobody counts further, and one letter is found a hundred thousand times in a day of talk. */
export const MOST_COUNTED = 999;
/** UTF-16 units of context on either side; cut at a space where there is one near. */
const BEFORE = 36;
const AFTER = 72;

export function queryOf(written: string): Query | null {
  const phrase = fold(written).replace(/\s+/g, ' ').trim();
  if (phrase === '') return null;
  const terms = [...new Set(phrase.split(' '))].sort((a, b) => b.length - a.length);
  return { phrase, terms };
}

export function searchText(passages: readonly Passage[]): SearchText {
  const { text, offsets, starts } = joined(passages);
  const { text: folded, origins } = foldWithOrigins(text);
  return { text, folded, origins, offsets, starts };
}

/**
 * Looks through a session: for the query as it is typed, at any place in a word, as scripts without spaces need it; where that is not
 * said anywhere, for all of its words in any order. Scanning beats an index here: a day of talk is half a megabyte.
 * @param most hits with their context.
 */
export function search(searched: SearchText, { phrase, terms }: Query, most: number): Found | null {
  const { folded } = searched;
  const said = folded.includes(phrase);
  if (!said && (terms.length === 1 || !terms.every((term) => folded.includes(term)))) return null;
  const sought = said ? phrase : terms[0]!;
  const hits: Hit[] = [];
  let count = 0;
  let at = folded.indexOf(sought);
  for (; at >= 0 && count < MOST_COUNTED; at = folded.indexOf(sought, at + sought.length)) {
    if (hits.length < most) hits.push(hitAt(searched, at, at + sought.length));
    count++;
  }
  return { hits, count };
}

/** Where a name holds what is sought, as `[start, end]` in UTF-16 units. */
export function within(name: string, { phrase }: Query): readonly [start: number, end: number] | null {
  const { text, origins } = foldWithOrigins(name);
  const at = text.indexOf(phrase);
  return at < 0 ? null : [placeOf(origins, at), placeOf(origins, at + phrase.length)];
}

const placeOf = (origins: Uint32Array | null, at: number): number => (origins === null ? at : origins[at]!);

function hitAt({ text, origins, offsets, starts }: SearchText, from: number, to: number): Hit {
  const start = placeOf(origins, from);
  const end = Math.max(placeOf(origins, to), start + 1);
  return {
    atSample: starts[wordAt(offsets, start)] ?? 0,
    before: text.slice(contextStart(text, start), start),
    match: text.slice(start, end),
    after: text.slice(end, contextEnd(text, end)),
  };
}

/** The word that a character belongs to: the last one that begins at or before it. */
function wordAt(offsets: Uint32Array, at: number): number {
  let low = 0;
  let high = offsets.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (offsets[middle]! <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}

function contextStart(text: string, at: number): number {
  if (at <= BEFORE) return 0;
  const space = text.slice(at - BEFORE, at).indexOf(' ');
  return onCharacter(text, at - BEFORE + (space < 0 || space > BEFORE / 2 ? 0 : space + 1));
}

function contextEnd(text: string, at: number): number {
  if (at + AFTER >= text.length) return text.length;
  const space = text.slice(at, at + AFTER).lastIndexOf(' ');
  return onCharacter(text, at + (space < AFTER / 2 ? AFTER : space));
}

/** Not in the middle of a surrogate pair. */
const onCharacter = (text: string, at: number): number => (/[\uDC00-\uDFFF]/.test(text.charAt(at)) ? at + 1 : at);
