import { unitsOf } from './normalise.ts';

/** A word and when it is said, in seconds from the clip's start. */
export interface TimedWord {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** For every word that was heard right, heard minus said, in milliseconds: above 0 is late. */
export interface TimeErrors {
  readonly startMs: readonly number[];
  readonly endMs: readonly number[];
}

/** Times of the words that both have, in order; words are compared as they are for the word error rate. */
export function timeErrors(said: readonly TimedWord[], heard: readonly TimedWord[], language: string): TimeErrors {
  const key = ({ text }: TimedWord): string => unitsOf(text, language).join(' ');
  const pairs = common(said.map(key), heard.map(key)).map(([i, j]) => [said[i]!, heard[j]!] as const);
  return {
    startMs: pairs.map(([word, found]) => Math.round((found.start - word.start) * 1000)),
    endMs: pairs.map(([word, found]) => Math.round((found.end - word.end) * 1000)),
  };
}

/** Index pairs of a longest common subsequence. */
function common(a: readonly string[], b: readonly string[]): [number, number][] {
  const width = b.length + 1;
  const longest = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const skipped = Math.max(longest[(i + 1) * width + j]!, longest[i * width + j + 1]!);
      longest[i * width + j] = a[i] === b[j] ? longest[(i + 1) * width + j + 1]! + 1 : skipped;
    }
  }
  const pairs: [number, number][] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) pairs.push([i++, j++]);
    else if (longest[(i + 1) * width + j]! >= longest[i * width + j + 1]!) i++;
    else j++;
  }
  return pairs;
}
