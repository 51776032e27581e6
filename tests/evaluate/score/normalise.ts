/**
 * What counts as the same text, in the spirit of Whisper's own normaliser. All languages: NFKC (so full-width and half-width
 * forms meet), lower case, no punctuation or symbols, nothing in brackets. Japanese, Chinese, Korean, Thai and others written
 * without spaces are compared by character (kanji numerals as digits), all else by word. English besides: hesitations left out, contractions written out,
 * titles in full, numbers as digits, American spelling, no diacritics. Other languages keep their diacritics.
 */
import { UNSPACED } from '../../../src/recognizer/languages.ts';
import { digitsForKanji } from './kanji-numbers.ts';
import { normaliseNumbers } from './numbers.ts';
import { americanSpelling } from './spelling.ts';

/** Scored by character error rate. Korean has spaces, but not where people agree on them. */
const BY_CHARACTER: ReadonlySet<string> = new Set([...UNSPACED, 'ko']);

export const isScoredByCharacter = (language: string): boolean => BY_CHARACTER.has(language);

/** The units (words or characters) of a text that are compared. */
export function unitsOf(text: string, language: string): string[] {
  const folded = text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[‘’ʼ`´]/g, "'");
  // Marks of a transcriber, not speech. What stands in round brackets is read aloud (Whisper's normaliser drops it).
  const open = folded.replaceAll(/\[[^\]]*\]|<[^>]*>/g, ' ');
  if (isScoredByCharacter(language)) {
    const script = language === 'ja' || language === 'zh' ? digitsForKanji(open) : open;
    return Array.from(script.replaceAll(/[^\p{L}\p{M}\p{N}]/gu, ''));
  }
  if (language === 'en') return englishWords(open);
  return splitWords(open.replaceAll(/[^\p{L}\p{M}\p{N}]/gu, ' '));
}

/** Words of a text in any language, as people count them: for clips in which nobody speaks. */
export function countWords(text: string): number {
  return [...new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text)].filter((part) => part.isWordLike)
    .length;
}

const splitWords = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '');

const TITLES = new Map([
  ['mr', 'mister'],
  ['mrs', 'missus'],
  ['dr', 'doctor'],
  ['prof', 'professor'],
  ['capt', 'captain'],
  ['col', 'colonel'],
  ['gen', 'general'],
  ['lt', 'lieutenant'],
  ['sgt', 'sergeant'],
  ['st', 'saint'],
  ['mt', 'mount'],
  ['jr', 'junior'],
  ['sr', 'senior'],
]);

const CURRENCIES = new Map([
  ['$', 'dollars'],
  ['£', 'pounds'],
  ['€', 'euros'],
  ['¥', 'yen'],
]);

/** In order: a later rule sees what an earlier one made. */
const ENGLISH_RULES: readonly (readonly [RegExp, string])[] = [
  [/\b(?:h+m+|m+h*m+|u+h+|u+m+|e+r+m?)\b/g, ' '],
  [/\bwon't\b/g, 'will not'],
  [/\bshan't\b/g, 'shall not'],
  [/\b(?:can't|cannot)\b/g, 'can not'],
  [/\b(\w+)n't\b/g, '$1 not'],
  [/\blet's\b/g, 'let us'],
  [/\b(he|she|it|that|this|there|here|what|who|where|when|why|how)'s\b/g, '$1 is'],
  [/'re\b/g, ' are'],
  [/'ll\b/g, ' will'],
  [/'ve\b/g, ' have'],
  [/'d\b/g, ' would'],
  [/\bi'm\b/g, 'i am'],
  [/\bgonna\b/g, 'going to'],
  [/\bwanna\b/g, 'want to'],
  [/\bgotta\b/g, 'got to'],
  [/\bma'am\b/g, 'madam'],
  [/\bto-(day|morrow|night)\b/g, 'to$1'],
  [/\b(every|any|some) (one|body|thing)\b/g, '$1$2'],
  [/&/g, ' and '],
  [/%/g, ' percent '],
  [/\bper cent\b/g, 'percent'],
  [/(\d),(?=\d{3})/g, '$1'],
  [/(\d)\.(?=\d)/g, '$1 point '],
];

function englishWords(text: string): string[] {
  let plain = text.normalize('NFD').replaceAll(/\p{M}/gu, '');
  plain = plain.replaceAll(
    /([$£€¥])\s*(\d[\d,.]*\d|\d)/g,
    (_, sign: string, amount: string) => `${amount} ${CURRENCIES.get(sign) ?? ''}`,
  );
  for (const [pattern, replacement] of ENGLISH_RULES) plain = plain.replaceAll(pattern, replacement);
  const words = splitWords(plain.replaceAll("'", '').replaceAll(/[^\p{L}\p{N}]/gu, ' '));
  return normaliseNumbers(words.map((word) => TITLES.get(word) ?? americanSpelling(word)));
}
