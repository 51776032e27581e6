/** How a word sounds, roughly, and where a text has something that sounds like it. */

/** Spellings of one sound, as most European languages mix them up. */
const SOUNDS: readonly (readonly [RegExp, string])[] = [
  [/ph/g, 'f'],
  [/x/g, 'ks'],
  [/[cq]/g, 'k'],
  [/z/g, 's'],
  [/w/g, 'v'],
  [/y/g, 'i'],
  [/h/g, ''],
  [/(.)\1+/g, '$1'],
];

/** Letters and digits alone, without accents, one spelling for what sounds alike. */
export function sounding(text: string): string {
  const letters = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
  return SOUNDS.reduce((folded, [spelling, sound]) => folded.replace(spelling, sound), letters);
}

/**
 * Edits (a character changed, left out or put in) that make some part of a text of what is looked for (Sellers, "The Theory and
 * Computation of Evolutionary Distances: Pattern Recognition", 1980). Words of the text may be parted otherwise, or not at all.
 */
export function nearest(wanted: string, text: string): number {
  let edits = Array.from({ length: wanted.length + 1 }, (_, i) => i);
  let least = wanted.length;
  for (const character of text) {
    const next = [0];
    for (let i = 1; i <= wanted.length; i++) {
      const changed = edits[i - 1]! + (wanted[i - 1] === character ? 0 : 1);
      next.push(Math.min(changed, edits[i]! + 1, next[i - 1]! + 1));
    }
    edits = next;
    least = Math.min(least, edits[wanted.length]!);
  }
  return least;
}
