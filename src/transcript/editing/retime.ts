import type { Language } from '../../recognizer/languages.ts';
import type { Word } from '../word.ts';
import { atomsOf, matchAtoms, type Atom } from './atoms.ts';

/** A word and how it stands in its paragraph, which may put a space before it. */
export interface Piece {
  readonly text: string;
  readonly word: Word;
}

/** Where the words in question may lie: sample indices. */
export interface Room {
  readonly startSample: number;
  readonly endSample: number;
}

/** A word after an edit, and the piece whose place in the transcript it takes (0 where there were none). */
export interface Retimed {
  readonly word: Word;
  readonly piece: number;
}

/** What a letter takes to say, roughly; a character of a script without spaces takes twice as long. */
const LETTER_SAMPLES = 1_100;

/**
 * Words for `text`, which has come in place of `pieces`: joined, they are the text. Words that are in both keep their times and
 * their probability; new ones take the time of those they replace, or what silence there is where they were put in. Pure.
 */
export function retime(pieces: readonly Piece[], text: string, room: Room, language: Language | null): Retimed[] {
  const atoms = atomsOf(text);
  const kept = survivors(pieces, atoms);
  const words: Retimed[] = [];
  let last = -1;
  for (let at = 0; at < atoms.length;) {
    const survivor = kept.get(at);
    if (survivor !== undefined) {
      const { text: written, word } = pieces[survivor.piece]!;
      const now = textOf(atoms.slice(at, survivor.end));
      // A space that only the seam of two segments gave it is from now on its own: what is before it may have changed.
      const same = now === written && written.length <= word.text.length;
      words.push({ word: same ? word : { ...word, text: now }, piece: survivor.piece });
      last = survivor.piece;
      at = survivor.end;
      continue;
    }
    let end = at + 1;
    while (end < atoms.length && !kept.has(end)) end++;
    const next = kept.get(end)?.piece ?? pieces.length;
    words.push(...fill(atoms.slice(at, end), pieces, last, next, room, language));
    at = end;
  }
  return words;
}

/** Pieces that are there as a whole in the new text, by the atom they begin with. */
function survivors(pieces: readonly Piece[], atoms: readonly Atom[]): Map<number, { piece: number; end: number }> {
  const before = pieces.flatMap(({ text }, piece) => atomsOf(text).map((atom) => ({ ...atom, piece })));
  const starts = new Map<number, number>();
  for (const [at, from] of matchAtoms(before, atoms).entries()) if (from >= 0) starts.set(from, at);
  const kept = new Map<number, { piece: number; end: number }>();
  for (let from = 0; from < before.length;) {
    const { piece } = before[from]!;
    let count = 1;
    while (before[from + count]?.piece === piece) count++;
    const at = starts.get(from);
    if (at !== undefined && textOf(atoms.slice(at, at + count)).trim() === pieces[piece]!.text.trim())
      kept.set(at, { piece, end: at + count });
    from += count;
  }
  return kept;
}

/** New words between two pieces that have stayed (`last`, `next`; beyond the ends where there is none). */
function fill(
  atoms: readonly Atom[],
  pieces: readonly Piece[],
  last: number,
  next: number,
  room: Room,
  language: Language | null,
): Retimed[] {
  const lower = pieces[last]?.word.endSample ?? room.startSample;
  const upper = Math.max(lower, pieces[next]?.word.startSample ?? room.endSample);
  const texts = wordsOf(atoms, language);
  const lengths = texts.map(sayingSamples);
  const need = lengths.reduce((sum, length) => sum + length, 0);

  const replaced = pieces.slice(last + 1, next);
  // Word for word, as corrections mostly are.
  if (replaced.length === texts.length)
    return replaced.map(({ word }, index) => ({
      word: { ...word, text: texts[index]!, probability: 1 },
      piece: last + 1 + index,
    }));
  let start = lower;
  let end = lower;
  if (replaced.length > 0) {
    start = clamp(replaced[0]!.word.startSample, lower, upper);
    end = clamp(replaced.at(-1)!.word.endSample, start, upper);
  } else if (last < 0 && next < pieces.length) start = Math.max(lower, upper - need);
  end = Math.min(upper, Math.max(end, start + need));

  let said = 0;
  return texts.map((text, index) => {
    const startSample = start + Math.round(((end - start) * said) / need);
    said += lengths[index]!;
    const endSample = start + Math.round(((end - start) * said) / need);
    const by = replaced.findLastIndex(({ word }) => word.startSample <= startSample);
    const piece = replaced.length > 0 ? last + 1 + Math.max(0, by) : Math.max(0, last);
    // Whoever wrote it is sure of it.
    return { word: { text, startSample, endSample, probability: 1 }, piece };
  });
}

/** Atoms as words: each by itself, those of a script without spaces as its dictionary has them. */
function wordsOf(atoms: readonly Atom[], language: Language | null): string[] {
  const words: string[] = [];
  for (let at = 0; at < atoms.length;) {
    let end = at + 1;
    if (atoms[at]!.unspaced) while (end < atoms.length && continues(atoms[end]!)) end++;
    const text = textOf(atoms.slice(at, end));
    words.push(...(end - at === 1 ? [text] : divide(text, language)));
    at = end;
  }
  return words;
}

const continues = ({ text, unspaced }: Atom): boolean => unspaced && !/^\s/.test(text);

function divide(text: string, language: Language | null): string[] {
  const words: string[] = [];
  for (const { segment, isWordLike } of new Intl.Segmenter(language ?? undefined, { granularity: 'word' }).segment(
    text,
  ))
    if (isWordLike === true || words.length === 0) words.push(segment);
    else words.push(words.pop()! + segment);
  // What stands before the first word (a bracket, a space) belongs to it.
  if (words.length > 1 && !/[\p{L}\p{N}]/u.test(words[0]!)) words.splice(0, 2, words[0]! + words[1]!);
  return words;
}

function sayingSamples(text: string): number {
  return (
    Math.max(
      1,
      atomsOf(text).reduce((sum, { ink, unspaced }) => sum + ink.length * (unspaced ? 2 : 1), 0),
    ) * LETTER_SAMPLES
  );
}

const textOf = (atoms: readonly Atom[]): string => atoms.map(({ text }) => text).join('');
const clamp = (value: number, lower: number, upper: number): number => Math.min(upper, Math.max(lower, value));
