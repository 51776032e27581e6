/** A text as it is compared, and where each of its characters came from. */
export interface Folded {
  readonly text: string;
  /** Index in the original of each UTF-16 unit of `text`, and its length behind the last one; `null`: they stand at the same place. */
  readonly origins: Uint32Array | null;
}

/** What may melt into the character before it: marks, the voicing of half-width kana, jamo. */
const MELTING = /[\p{M}\uFF9E\uFF9F\u1160-\u11FF]/u;
/** One character with those, as it is read. */
const UNITS = /[\s\S][\p{M}\uFF9E\uFF9F\u1160-\u11FF]*/gu;
const KATAKANA = /[\u30A1-\u30F6\u30FD\u30FE]/g;
const ACCENTED_LATIN = /[\u00C0-\u024F\u1E00-\u1EFF]/g;
const LATIN_MARKS = /(?<=\p{sc=Latin})\p{M}+/gu;
/** Between katakana and hiragana. */
const KANA_DISTANCE = 0x60;

/**
 * What makes no difference to a reader who searches is taken away: case, width (ＡＢＣ, ｶﾞ), katakana or hiragana, Latin accents,
 * the shape of quotation marks. The same for a query and for a text.
 */
export function fold(text: string): string {
  return text
    .replace(/…/g, ' ')
    .normalize('NFKC')
    .replace(/[‘’]/g, "'")
    .replace(/[“”]/g, '"')
    .replace(ACCENTED_LATIN, (character) => character.normalize('NFD').charAt(0))
    .replace(LATIN_MARKS, '')
    .replace(KATAKANA, (character) => String.fromCharCode(character.charCodeAt(0) - KANA_DISTANCE))
    .toLowerCase();
}

/** {@link fold} of a text whose characters must be found again. */
export function foldWithOrigins(text: string): Folded {
  const folded = fold(text);
  // Other characters may become longer, and none shorter: with the same length, all of them have kept theirs.
  if (folded.length === text.length && !MELTING.test(text)) return { text: folded, origins: null };
  let units = '';
  const origins: number[] = [];
  for (const { 0: unit, index } of text.matchAll(UNITS)) {
    const part = fold(unit);
    units += part;
    for (let i = 0; i < part.length; i++) origins.push(index);
  }
  origins.push(text.length);
  return { text: units, origins: Uint32Array.from(origins) };
}
