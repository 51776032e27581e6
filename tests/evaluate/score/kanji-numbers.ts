/** Numbers in Japanese and Chinese script, brought to digits: 三十分 and 30分 are the same text. */

const DIGITS = '〇一二三四五六七八九';
const POWERS = new Map([
  ['十', 10],
  ['百', 100],
  ['千', 1000],
]);

/** Replaces runs of numerals below ten thousand; 万 and above stay as they are written in both styles (2万). */
export function digitsForKanji(text: string): string {
  return text.replaceAll(/[〇一二三四五六七八九十百千]+/g, (run) =>
    /[十百千]/.test(run) ? String(valueOf(run)) : run.replaceAll(/./g, (digit) => String(DIGITS.indexOf(digit))),
  );
}

function valueOf(run: string): number {
  let total = 0;
  let digit: number | null = null;
  for (const numeral of run) {
    const power = POWERS.get(numeral);
    if (power === undefined) digit = (digit ?? 0) * 10 + DIGITS.indexOf(numeral);
    else {
      total += (digit ?? 1) * power;
      digit = null;
    }
  }
  return total + (digit ?? 0);
}
