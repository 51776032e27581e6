import { describe, expect, it } from 'vitest';
import { compressionRatio, MAX_COMPRESSION_RATIO, repetition } from '../../../workers/whisper/guards.ts';
import { hear as hearScript, saying, vocabulary, type Answer, type Moment } from './scripted.ts';

const HELLO = vocabulary.encode(' Hello there my friend');
const FULL = 1500;

/** A final pass over a second of audio, whose first try hears `first` and whose later ones hear {@link HELLO}. */
const hear = (first: (moment: Moment) => Answer) =>
  hearScript({ next: (moment) => (moment.positions < FULL ? first(moment) : saying(HELLO)(moment)) });

const textOf = (words: readonly { text: string }[]) => words.map(({ text }) => text).join('');

/** openai/whisper, `transcribe.py`, `decode_with_fallback`: each of its reasons to decode again. */
describe('a pass is tried again', () => {
  it('when its text packs too well, though it never quite repeats', async () => {
    const verses = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight'];
    const song = verses.map((verse) => ` we went home again ${verse}`).join('');
    const tokens = vocabulary.encode(song);
    expect(repetition(tokens)).toBe(0);
    expect(tokens.length).toBeLessThan(50);
    expect(await compressionRatio(song)).toBeGreaterThan(MAX_COMPRESSION_RATIO);
    const heard = await hear(saying(tokens));
    expect(heard).toMatchObject({ fallbacks: 1, sound: true });
    expect(textOf(heard.words)).toBe(' Hello there my friend');
  });

  it('when its words are guesses, and not when they are merely unsure', async () => {
    const words = vocabulary.encode(' Yellow hair, my end');
    const guessed = (margin: number) => (moment: Moment) => ({ ...saying(words)(moment), margin });
    // Behind e¹⁰ for the winner stand 50,000 others with 1 each: a third of the probability, or next to none.
    expect(await hear(guessed(6))).toMatchObject({ fallbacks: 1, sound: true });
    expect(textOf((await hear(guessed(6))).words)).toBe(' Hello there my friend');
    expect(textOf((await hear(guessed(12))).words)).toBe(' Yellow hair, my end');
  });

  it('when it does not end where speech of that length must', async () => {
    const heard = await hear(({ text }) => ({ token: 1000 + text.length }));
    // 50 tokens are the most that a second is given, and the four of the second try.
    expect(heard).toMatchObject({ fallbacks: 1, tokenCount: 50 + HELLO.length });
    expect(textOf(heard.words)).toBe(' Hello there my friend');
  });
});
