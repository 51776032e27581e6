import { describe, expect, it } from 'vitest';
import { SAMPLE_RATE } from '../../../src/audio/units.ts';
import { AlignAtt, LocalAgreement } from '../../../workers/whisper/policy.ts';
import type { TokenWord } from '../../../workers/whisper/words.ts';

/** One word a second, each 0.8 s long, from the start of the audio. */
const spoken = (text: string) =>
  text
    .split(' ')
    .filter(Boolean)
    .map((part, i) => ({
      text: ` ${part}`,
      tokens: [],
      startSample: i * SAMPLE_RATE,
      endSample: (i + 0.8) * SAMPLE_RATE,
      probability: 1,
    })) satisfies TokenWord[];
const heard = (text: string, seconds: number) => ({ words: spoken(text), endSample: seconds * SAMPLE_RATE });

describe('LocalAgreement', () => {
  it('commits what two passes in a row agree on', () => {
    const policy = new LocalAgreement({ contextMs: 0, doubtfulPasses: 2, patienceMs: 5000 });
    expect(policy.observe(heard('the nurse red', 3))).toBe(0);
    expect(policy.observe(heard('The nurse, read the', 4))).toBe(2);
    expect(policy.observe(heard('read the letter', 4))).toBe(2);
    expect(policy.observe(heard('', 4))).toBe(0);
    expect(policy.observe(heard('letter', 4))).toBe(1);
  });

  it('leaves what two passes agree on alone while little audio has followed it', () => {
    const policy = new LocalAgreement({ contextMs: 1000, doubtfulPasses: 2, patienceMs: 5000 });
    expect(policy.observe(heard('a suicide by', 3))).toBe(0);
    expect(policy.observe(heard('a suicide by', 3))).toBe(2);
    expect(policy.observe(heard('by poisoning', 3.5))).toBe(1);
  });

  /** What base heard of "the gut and the gullet being cut across": `word/end in seconds/probability`, and where each pass ended. */
  const GULLET: readonly (readonly [number, string])[] = [
    [1.79, 'The/0.9/0.49 cut/1.1/0.41 in/1.3/0.41 the/1.4/0.99 college/1.8/0.40'],
    [2.5, 'The/0.9/0.58 garden,/1.2/0.45 the/1.4/0.99 garden,/1.7/0.36 being/2.0/0.60 cut/2.3/0.97 across./2.5/0.67'],
    [3.26, 'The/0.9/0.57 garden/1.2/0.68 of/1.4/0.41 the/1.4/0.99 village/1.7/0.28 being/2.1/0.76 cut/2.3/0.99'],
    [4, 'The/0.9/0.70 gut/1.1/0.71 and/1.3/0.59 the/1.4/0.99 gougage/1.8/0.26 being/2.1/0.84 cut/2.3/0.99'],
    [4.86, 'The/0.9/0.72 gut/1.1/0.54 and/1.3/0.45 the/1.4/0.98 gut/1.6/0.30 being/2.0/0.29 cut/2.3/0.96'],
    [5.7, 'The/0.9/0.84 gut/1.1/0.74 and/1.3/0.63 the/1.4/0.99 gutted/1.8/0.26 being/2.0/0.83 cut/2.3/0.99'],
  ];
  const recorded = ([seconds, text]: readonly [number, string], committed: number) => ({
    endSample: seconds * SAMPLE_RATE,
    words: text
      .split(' ')
      .slice(committed)
      .map((entry) => {
        const [word = '', end, probability] = entry.split('/');
        const endSample = Number(end) * SAMPLE_RATE;
        return { text: ` ${word}`, tokens: [], startSample: endSample, endSample, probability: Number(probability) };
      }),
  });
  const committedOf = (policy: LocalAgreement, passes: typeof GULLET): string => {
    const committed: string[] = [];
    for (const pass of passes) {
      const { words, endSample } = recorded(pass, committed.length);
      committed.push(...words.slice(0, policy.observe({ words, endSample })).map(({ text }) => text));
    }
    return committed.join('').trim();
  };

  it('asks a third pass about a word that two agree on and neither is sure of', () => {
    const agreement = (doubtfulPasses: number) =>
      new LocalAgreement({ contextMs: 800, doubtfulPasses, patienceMs: 5000 });
    expect(committedOf(agreement(2), GULLET.slice(0, 3))).toBe('The garden');
    expect(committedOf(agreement(3), GULLET.slice(0, 3))).toBe('The');
    expect(committedOf(agreement(3), GULLET)).toBe('The gut and the');
  });

  it('waits no longer than its patience for a word that is spelled anew each time', () => {
    const policy = new LocalAgreement({ contextMs: 0, doubtfulPasses: 2, patienceMs: 2000 });
    expect(policy.observe(heard('Anne went', 2))).toBe(0);
    expect(policy.observe(heard('Ann went home', 3))).toBe(1);
  });
});

describe('AlignAtt', () => {
  it('commits words that end before the frontier, in one pass', () => {
    const policy = new AlignAtt(1000);
    expect(policy.observe(heard('one two three four', 4))).toBe(3);
    expect(policy.observe(heard('one two three four', 2.5))).toBe(1);
  });

  it('never commits the last word: its end is where the text ends', () => {
    expect(new AlignAtt(0).observe(heard('one two', 9))).toBe(1);
    expect(new AlignAtt(0).observe(heard('one', 9))).toBe(0);
  });

  it('refuses a frontier out of its range', () => {
    expect(() => new AlignAtt(-1)).toThrow(/frontierMs/);
    expect(() => new LocalAgreement({ contextMs: 0, doubtfulPasses: 2, patienceMs: 6000 })).toThrow(RangeError);
    expect(() => new LocalAgreement({ contextMs: 0, patienceMs: 0, doubtfulPasses: 1 })).toThrow(/doubtfulPasses/);
  });
});
