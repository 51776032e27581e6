/** Scripts written without spaces between words: each of their characters can be a word's end. */
const UNSPACED =
  '\\p{scx=Han}\\p{scx=Hiragana}\\p{scx=Katakana}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{sc=Myanmar}\\p{sc=Tibetan}\\u3000-\\u303f\\uff00-\\uffef';
const ATOM = new RegExp(`\\s*(?:[${UNSPACED}]|(?:(?![${UNSPACED}])\\S)+)`, 'gu');
const IS_UNSPACED = new RegExp(`^[${UNSPACED}]$`, 'u');

/** The least that can be a word: what stands between two spaces, or one character of a script without them. */
export interface Atom {
  /** As written: with the white space before it, and the last one with what follows. */
  readonly text: string;
  readonly ink: string;
  readonly unspaced: boolean;
}

/** Their texts, joined, are the text. One of nothing but white space has none. */
export function atomsOf(text: string): Atom[] {
  const found = text.match(ATOM) ?? [];
  const rest = text.slice(found.join('').length);
  return found.map((piece, index) => {
    const ink = piece.trimStart();
    return { text: index === found.length - 1 ? piece + rest : piece, ink, unspaced: IS_UNSPACED.test(ink) };
  });
}

/** More cells than this are not compared: what was pasted is then all new. */
const MAX_CELLS = 4e6;

/** For each of `after`, the index of the same atom in `before`, or -1: their longest common subsequence. */
export function matchAtoms(before: readonly Atom[], after: readonly Atom[]): Int32Array {
  const matched = new Int32Array(after.length).fill(-1);
  const same = (a: number, b: number) => before[a]!.ink === after[b]!.ink;
  const least = Math.min(before.length, after.length);
  let head = 0;
  while (head < least && same(head, head)) matched[head] = head++;
  let tail = 0;
  while (tail < least - head && same(before.length - 1 - tail, after.length - 1 - tail)) {
    tail++;
    matched[after.length - tail] = before.length - tail;
  }
  const rows = before.length - head - tail;
  const columns = after.length - head - tail;
  if (rows * columns === 0 || rows * columns > MAX_CELLS) return matched;

  // lengths[row * width + column]: the longest one of what is left behind both.
  const width = columns + 1;
  const lengths = new Uint16Array((rows + 1) * width);
  for (let row = rows - 1; row >= 0; row--)
    for (let column = columns - 1; column >= 0; column--) {
      const cell = row * width + column;
      lengths[cell] = same(head + row, head + column)
        ? lengths[cell + width + 1]! + 1
        : Math.max(lengths[cell + width]!, lengths[cell + 1]!);
    }
  for (let row = 0, column = 0; row < rows && column < columns;) {
    const cell = row * width + column;
    if (same(head + row, head + column)) matched[head + column++] = head + row++;
    else if (lengths[cell + width]! >= lengths[cell + 1]!) row++;
    else column++;
  }
  return matched;
}
