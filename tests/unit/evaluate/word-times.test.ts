import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readManifest } from '../../evaluate/manifest.ts';
import { timeErrors, type TimedWord } from '../../evaluate/score/word-times.ts';

const timed = (...words: readonly (readonly [string, number, number])[]): TimedWord[] =>
  words.map(([text, start, end]) => ({ text, start, end }));

describe('times of words', () => {
  test('are late above zero and early below, start and end apart', () => {
    const said = timed(['Good', 0.5, 0.7], ['morning', 0.7, 1.2]);
    const heard = timed([' good', 0.56, 0.7], [' morning.', 0.68, 1.5]);
    expect(timeErrors(said, heard, 'en')).toEqual({ startMs: [60, -20], endMs: [0, 300] });
  });

  test('are compared for words that were heard right, each once and in order', () => {
    const said = timed(['the', 0, 1], ['small', 1, 2], ['room', 2, 3], ['the', 3, 4], ['door', 4, 5]);
    const heard = timed(
      [' The', 0.1, 1.1],
      [' broom', 2.1, 3],
      [' the', 3.1, 4.1],
      [' the', 5, 6],
      [' door', 4.1, 5.1],
    );
    expect(timeErrors(said, heard, 'en').startMs).toEqual([100, 100, 100]);
    expect(timeErrors(said, [], 'en')).toEqual({ startMs: [], endMs: [] });
  });

  test('are known of every word of our own recordings', () => {
    const spoken = readManifest(join(import.meta.dirname, '..', '..', 'fixtures', 'manifest.json')).filter(
      ({ text }) => text !== '',
    );
    expect(spoken.length).toBeGreaterThan(4);
    for (const { id, words = [], text, durationSeconds } of spoken) {
      const plain = (written: string) => written.toLowerCase().replaceAll(/[^a-z ]/g, '');
      expect(words.map((word) => plain(word.text)).join(' '), id).toBe(plain(text ?? ''));
      const times = words.flatMap(({ start, end }) => [start, end]);
      expect(times, id).toEqual(times.toSorted((a, b) => a - b));
      expect(times.at(-1), id).toBeLessThanOrEqual(durationSeconds);
    }
  });
});
