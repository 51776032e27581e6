import { columns, lineColumns } from './columns.ts';

/** Lines of one subtitle. */
const MAX_LINES = 2;

/** Japanese: what may not begin a line (closing marks, small kana, the long-vowel mark), and what may not end one. */
const NOT_FIRST =
  /^[、。，．・：；？！゛゜ヽヾゝゞ々ー」』）］｝〉》】〕”’ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ,.!?;:)\]}»…]/u;
const NOT_LAST = /[「『（［｛〈《【〔“‘([{«]$/u;
const CLAUSE_END = /[,.;:!?…、。，．；：？！।۔”」』)）—–]$/u;

const DICTIONARY = new Intl.Segmenter(undefined, { granularity: 'word' });
const CHARACTERS = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Whether a text can be drawn in the lines of one subtitle. */
export function fits(text: string): boolean {
  return wrap(text).length <= MAX_LINES;
}

/**
 * Breaks a text into lines no wider than its script allows: two of like length, at the end of a clause where that costs
 * little, and never where Japanese forbids a break. More than {@link MAX_LINES} come back when the text does not fit.
 */
export function wrap(text: string): string[] {
  const limit = lineColumns(text);
  if (columns(text) <= limit) return [text];
  const pieces = piecesOf(text, limit);
  return balanced(pieces, limit) ?? greedy(pieces, limit);
}

/** The best break into two lines, or `null` when two are too few. */
function balanced(pieces: readonly string[], limit: number): string[] | null {
  let best: { lines: string[]; cost: number } | null = null;
  for (let at = 1; at < pieces.length; at++) {
    const first = pieces.slice(0, at).join('').trim();
    const second = pieces.slice(at).join('').trim();
    const [upper, lower] = [columns(first), columns(second)];
    if (upper > limit || lower > limit) continue;
    const cost = Math.abs(upper - lower) - (CLAUSE_END.test(first) ? 12 : 0) + (forbidden(first, second) ? 100 : 0);
    if (best === null || cost < best.cost) best = { lines: [first, second], cost };
  }
  return best?.lines ?? null;
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

const forbidden = (before: string, after: string): boolean => NOT_FIRST.test(after) || NOT_LAST.test(before);

/** Where a line may break: before each word with its space, between dictionary words where the script has no spaces. */
function piecesOf(text: string, limit: number): string[] {
  const spaced = text.match(/\s*\S+/gu) ?? [];
  return spaced
    .flatMap((piece) =>
      columns(piece) > limit / 2 ? [...DICTIONARY.segment(piece)].map((part) => part.segment) : [piece],
    )
    .flatMap((piece) => (columns(piece) > limit ? chop(piece, limit) : [piece]));
}

/** A single word wider than a line is cut between characters. */
function chop(word: string, limit: number): string[] {
  const graphemes = [...CHARACTERS.segment(word)];
  const parts: string[] = [];
  let part = '';
  for (const { segment } of graphemes) {
    if (columns(part + segment) > limit) {
      parts.push(part);
      part = '';
    }
    part += segment;
  }
  return [...parts, part];
}
