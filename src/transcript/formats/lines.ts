import { columns, isWide, lineColumns } from './columns.ts';
import type { SubtitleShape } from './shape.ts';

/** Japanese: what may not begin a line (closing marks, small kana, the long-vowel mark), and what may not end one. */
const NOT_FIRST =
  /^[、。，．・：；？！゛゜ヽヾゝゞ々ー」』）］｝〉》】〕”’ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ,.!?;:)\]}»…]/u;
const NOT_LAST = /[「『（［｛〈《【〔“‘([{«]$/u;
const CLAUSE_END = /[,.;:!?…、。，．；：？！।۔”」』)）—–]$/u;

const DICTIONARY = new Intl.Segmenter(undefined, { granularity: 'word' });
const CHARACTERS = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Words that lean on the next one: articles, prepositions, conjunctions of the languages that are subtitled most. */
const LEANING = new Set(
  (
    'a an the of to in on at by for from with and or but as if that than my your his her its our their is are was were not ' +
    'der die das den dem des ein eine einen einem und oder aber in im an am auf aus bei mit von vom zu zum zur für nicht ' +
    'le la les un une des du de et ou mais à au aux en dans pour par sur avec que qui ne ' +
    'el los las una y o pero del al con por para sin il lo gli i e ma di da nel nella os as um uma do da no na em com'
  ).split(' '),
);

/** Whether a text ends with a word that should not be torn from the next one. */
export const leans = (text: string): boolean => LEANING.has((/\S+$/u.exec(text)?.[0] ?? '').toLowerCase());

/** Whether writing forbids a break between two texts. */
export const forbidden = (before: string, after: string): boolean => NOT_FIRST.test(after) || NOT_LAST.test(before);

/**
 * Breaks a text into the lines of one subtitle: no wider than its script allows, two of like length, at the end of a clause
 * where that costs little, and never where Japanese forbids a break. More lines come back when the text does not fit.
 */
export function wrap(text: string, shape: SubtitleShape): string[] {
  const limit = lineColumns(isWide(text), shape);
  if (columns(text) <= limit) return [text];
  const pieces = piecesOf(text, limit);
  return (
    (shape.lines === 2 ? (balanced(pieces, limit) ?? balanced(charactersOf(text), limit)) : null) ??
    greedy(pieces, limit)
  );
}

/** The best break into two lines, or `null` when two are too few. */
function balanced(pieces: readonly string[], limit: number): string[] | null {
  let best: { lines: string[]; cost: number } | null = null;
  const widths = pieces.map(columns);
  const whole = widths.reduce((sum, width) => sum + width, 0);
  let before = 0;
  for (let at = 1; at < pieces.length; at++) {
    before += widths[at - 1]!;
    // A space at the break belongs to neither line.
    if (before > limit + 1 || whole - before > limit + 1) continue;
    const first = pieces.slice(0, at).join('').trim();
    const second = pieces.slice(at).join('').trim();
    const [upper, lower] = [columns(first), columns(second)];
    if (upper > limit || lower > limit) continue;
    const cost = Math.abs(upper - lower) + manners(first, second);
    if (best === null || cost < best.cost) best = { lines: [first, second], cost };
  }
  return best?.lines ?? null;
}

/** What a break costs where it stands. */
function manners(before: string, after: string): number {
  if (forbidden(before, after)) return 100;
  if (CLAUSE_END.test(before)) return -12;
  return leans(before) ? 10 : 0;
}

function greedy(pieces: readonly string[], limit: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of pieces) {
    const longer = line + piece;
    if (line !== '' && columns(longer.trim()) > limit && !forbidden(line.trim(), piece.trim())) {
      lines.push(line.trim());
      line = piece;
    } else line = longer;
  }
  lines.push(line.trim());
  return lines;
}

/** Where a line may break: before each word with its space, between dictionary words where the script has no spaces. */
function piecesOf(text: string, limit: number): string[] {
  const spaced = text.match(/\s*\S+/gu) ?? [];
  return spaced
    .flatMap((piece) =>
      columns(piece) > limit / 2 ? [...DICTIONARY.segment(piece)].map((part) => part.segment) : [piece],
    )
    .flatMap((piece) => (columns(piece) > limit ? chop(piece, limit) : [piece]));
}

const charactersOf = (text: string): string[] => [...CHARACTERS.segment(text)].map(({ segment }) => segment);

/** Cuts a text between characters into parts no wider than the limit. */
export function chop(text: string, limit: number): string[] {
  const parts: string[] = [];
  let part = '';
  for (const character of charactersOf(text)) {
    if (part !== '' && columns(part + character) > limit) {
      parts.push(part);
      part = '';
    }
    part += character;
  }
  return [...parts, part];
}

/** Offsets in a text, in UTF-16 units, at which a dictionary word begins. */
export function wordStarts(text: string): Set<number> {
  return new Set(Array.from(DICTIONARY.segment(text), ({ index }) => index));
}
