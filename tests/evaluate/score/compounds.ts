/**
 * The words heard, with compounds divided as the reference divides them: `shopboy` and `shop boy`, `every one` and `everyone` are
 * the same speech. A word the reference has itself is left alone.
 */
export function divideAsIn(reference: readonly string[], heard: readonly string[]): string[] {
  const known = new Set(reference);
  const pairs = new Map<string, readonly [string, string]>();
  reference.forEach((second, i) => {
    const first = reference[i - 1];
    if (first !== undefined) pairs.set(first + second, [first, second]);
  });
  const out: string[] = [];
  for (let at = 0; at < heard.length; at++) {
    const word = heard[at] ?? '';
    const next = heard[at + 1];
    const pair = pairs.get(word);
    if (pair !== undefined && !known.has(word)) out.push(...pair);
    else if (next !== undefined && known.has(word + next) && !pairs.has(word + next)) {
      out.push(word + next);
      at++;
    } else out.push(word);
  }
  return out;
}
