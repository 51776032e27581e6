import { describe, expect, it } from 'vitest';
import { compressionRatio, maxTokensFor, repetition } from '../../../workers/whisper/guards.ts';
import { choose, probabilityOf, softmaxOver, suppress } from '../../../workers/whisper/logits.ts';
import { seeded } from '../../support/seeded.ts';
import { vocabulary } from './scripted.ts';

describe('logits', () => {
  it('leave only text and the end to be written, and at the start not the end', () => {
    const inside = new Float32Array(51_865);
    suppress(inside, vocabulary, false);
    expect(inside[vocabulary.endOfText]).toBe(0);
    expect(inside.subarray(vocabulary.endOfText + 1).every((logit) => logit === -Infinity)).toBe(true);
    for (const token of vocabulary.suppressed) expect(inside[token]).toBe(-Infinity);
    const first = new Float32Array(51_865);
    suppress(first, vocabulary, true);
    expect(first[vocabulary.endOfText]).toBe(-Infinity);
    expect(first[vocabulary.encode(' ')[0]!]).toBe(-Infinity);
    expect(first[vocabulary.encode(' Hello')[0]!]).toBe(0);
  });

  it('give the most probable token at temperature 0', () => {
    const { token, logProbability } = choose(Float32Array.of(1, 3, -Infinity, 2), 0, () => 0.99);
    expect(token).toBe(1);
    expect(logProbability).toBeCloseTo(-Math.log(1 + Math.exp(-2) + Math.exp(-1)), 6);
  });

  it('draw as often as the softened distribution says', () => {
    const logits = Float32Array.of(0, Math.log(3), -Infinity);
    const random = seeded(5);
    const count = (temperature: number) => {
      const drawn = [0, 0, 0];
      for (let i = 0; i < 4000; i++) drawn[choose(logits, temperature, random).token]!++;
      return drawn.map((times) => times / 4000);
    };
    const [at1, , never] = count(1);
    expect(at1).toBeCloseTo(1 / 4, 1);
    expect(never).toBe(0);
    expect(count(0.5)[0]).toBeCloseTo(1 / 10, 1);
    // Whatever was drawn, its probability is that at temperature 1.
    expect(choose(logits, 0.5, () => 0).logProbability).toBeCloseTo(Math.log(1 / 4), 6);
  });

  it('compare tokens among themselves and among all', () => {
    const logits = Float32Array.of(0, Math.log(3), Math.log(4));
    expect(softmaxOver(logits, [0, 1]).get(1)).toBeCloseTo(3 / 4, 6);
    expect(probabilityOf(logits, 1)).toBeCloseTo(3 / 8, 6);
  });
});

describe('guards', () => {
  it('notice a phrase that comes again and again, and not before', () => {
    const times = (count: number, ...phrase: number[]) => [9, 8, ...Array.from({ length: count }, () => phrase).flat()];
    expect(repetition(times(5, 1))).toBe(0);
    expect(repetition(times(6, 1))).toBe(1);
    expect(repetition(times(5, 1, 2, 3))).toBe(0);
    expect(repetition(times(6, 1, 2, 3))).toBe(3);
    expect(repetition(times(2, 1, 2, 3, 4))).toBe(0);
    expect(repetition(times(3, 1, 2, 3, 4))).toBe(4);
    expect(repetition([...times(3, 1, 2, 3, 4), 7])).toBe(0);
    expect(repetition([])).toBe(0);
  });

  it('tell repeated text by how well it packs', async () => {
    expect(await compressionRatio('')).toBe(0);
    expect(await compressionRatio('The nurse read the letter aloud in the garden.')).toBeLessThan(1);
    // 600 bytes; zlib needs 2 + 4 around a stream of about a dozen.
    expect(await compressionRatio('thank you for watching '.repeat(26))).toBeGreaterThan(10);
    expect(await compressionRatio('ありがとう'.repeat(20))).toBeGreaterThan(2.4);
  });

  it('allow as much text as speech can hold', () => {
    expect(maxTokensFor(0.5)).toBe(50);
    expect(maxTokensFor(10)).toBe(225);
  });
});
