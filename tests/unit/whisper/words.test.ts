import { describe, expect, it } from 'vitest';
import { alignTokens } from '../../../workers/whisper/alignment.ts';
import { toWords } from '../../../workers/whisper/words.ts';
import type { Language } from '../../../src/recognizer/languages.ts';
import { vocabulary } from './scripted.ts';

const wordsOf = (ids: readonly number[], language: Language = 'en') =>
  toWords(
    vocabulary,
    language,
    ids.map((token) => ({ token, logProbability: Math.log(0.5) })),
    [...ids.keys(), ids.length].map((at) => at * 10),
    1000,
  );
const texts = (text: string, language: Language = 'en') =>
  wordsOf(vocabulary.encode(text), language).map((word) => word.text);

describe('toWords', () => {
  it.each([
    [' Hello, world!', [' Hello,', ' world!']],
    [" I don't know, it's 3.5 per-cent.", [' I', " don't", ' know,', " it's", ' 3.5', ' per-cent.']],
    [' She said: "Come (now)."', [' She', ' said:', ' "Come', ' (now)."']],
    [' this - that', [' this', ' -', ' that']],
  ])('keeps %j in whole words', (text, words) => {
    expect(texts(text)).toEqual(words);
  });

  it('splits what has no spaces by characters, with the marks at their sides', () => {
    const words = texts('「今日は」と、鬱陶しい。', 'ja');
    expect(words.join('')).toBe('「今日は」と、鬱陶しい。');
    expect(words.length).toBeGreaterThan(4);
    expect(words.join('|')).not.toMatch(/「\||\|[」、。]|\uFFFD/);
  });

  it('never splits a character, though its bytes are several tokens', () => {
    const ids = vocabulary.encode('鬱');
    expect(ids.length).toBeGreaterThan(1);
    expect(wordsOf(ids, 'ja').map((word) => word.text)).toEqual(['鬱']);
  });

  it('lets bytes that are no character swallow nothing, and loses no token', () => {
    const [half] = vocabulary.encode('鬱');
    const ids = [...vocabulary.encode(' one'), half!, ...vocabulary.encode(' two three')];
    const words = wordsOf(ids);
    expect(words.map((word) => word.text)).toEqual([' one\uFFFD', ' two', ' three']);
    expect(words.flatMap(({ tokens }) => tokens.map(({ token }) => token))).toEqual(ids);
  });

  it('times a word from its first token to the next word', () => {
    const ids = vocabulary.encode(' Gloucestershire yes');
    const [first, second] = wordsOf(ids);
    expect(first!.tokens.length).toBeGreaterThan(1);
    expect(first).toMatchObject({ startSample: 1000, endSample: 1000 + first!.tokens.length * 3200 });
    expect(second).toMatchObject({ startSample: first!.endSample, endSample: 1000 + ids.length * 3200 });
    expect(first!.probability).toBeCloseTo(0.5, 6);
  });
});

describe('alignTokens', () => {
  /** Two heads that look at each token's own stretch, the second one with an offset that the first has not. */
  const looking = (starts: readonly number[], positions: number, heard: number) =>
    starts.map((start, t) => {
      const end = starts[t + 1] ?? heard;
      return Float32Array.from({ length: 2 * positions }, (_, i) => {
        const at = i % positions;
        return at >= start && at < end ? 1 / (end - start) : 1e-4;
      });
    });

  it('finds where each token begins', () => {
    const starts = [0, 12, 25, 31, 60];
    expect(alignTokens(looking(starts, 120, 80), 120, 80)).toEqual(starts);
  });

  it('does not look behind the audio', () => {
    const rows = looking([0, 10, 20], 100, 40);
    for (const row of rows) row.fill(1, 40, 100);
    expect(alignTokens(rows, 100, 40)).toEqual([0, 10, 20]);
  });

  it('goes forward only, whatever the attention does', () => {
    const backward = looking([0, 10, 20, 30], 50, 40).reverse();
    const starts = alignTokens(backward, 50, 40);
    expect(starts).toEqual(starts.toSorted((a, b) => a - b));
  });

  it('has nothing to say of no tokens, and begins at the beginning with one', () => {
    expect(alignTokens([], 50, 40)).toEqual([]);
    expect(alignTokens(looking([0], 50, 40), 50, 40)).toEqual([0]);
  });
});
