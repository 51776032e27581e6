import { describe, expect, it } from 'vitest';
import { Glossary, TokenTrie } from '../../../workers/whisper/glossary.ts';
import { choose } from '../../../workers/whisper/logits.ts';
import type { TranscribeRequest } from '../../../workers/whisper/transcribe.ts';
import { parseTerms } from '../../../src/recognizer/terms.ts';
import { hear as hearScript, saying, vocabulary, type Moment, type Script } from './scripted.ts';

const trieOf = (...sequences: readonly number[][]): TokenTrie => {
  const trie = new TokenTrie();
  for (const sequence of sequences) trie.add(sequence);
  return trie;
};

describe('parseTerms', () => {
  it('takes one a line, each once, and no sentences', () => {
    expect(parseTerms(' Quillfeather \n\nDr  Tarkovel\r\nQuillfeather\n' + 'long '.repeat(20))).toEqual([
      'Quillfeather',
      'Dr Tarkovel',
    ]);
  });

  it('takes no more than can be looked for at every step', () => {
    expect(parseTerms(Array.from({ length: 2000 }, (_, i) => `term ${i}`).join('\n'))).toHaveLength(1000);
  });
});

describe('TokenTrie', () => {
  const trie = trieOf([1, 2, 3], [1, 2, 4], [2, 5], [7]);

  it('knows what goes on with what has begun, wherever it begins', () => {
    expect([...trie.next([9, 1])]).toEqual([2]);
    expect([...trie.next([9, 1, 2])].sort()).toEqual([3, 4, 5]);
    expect([...trie.next([2])]).toEqual([5]);
  });

  it('knows nothing where nothing has begun, or all has ended', () => {
    for (const written of [[], [9], [1, 9], [1, 2, 3], [7]]) expect([...trie.next(written)]).toEqual([]);
  });
});

describe('Glossary', () => {
  const NAME = vocabulary.encode(' Zolafrin');
  const glossary = new Glossary(vocabulary, ['Zolafrin', 'Quillfeather', 'starboard']);

  it('names the terms that sound like what was heard as text that went before, as many as there is room for', () => {
    const prompt = (heard: string) => vocabulary.decode(glossary.promptFor(heard));
    expect(prompt(' The solo ferrin, a quill feather on the starbord side')).toBe(
      ' Zolafrin, Quillfeather, starboard.',
    );
    expect(prompt(' The Solaphrine.')).toBe(' Zolafrin.');
    expect(prompt(' The rain has stopped.')).toBe('');
    expect(prompt('')).toBe('');
    const many = new Glossary(
      vocabulary,
      Array.from({ length: 400 }, (_, i) => `Quillfeather ${i}`),
    );
    const long = many.promptFor(' quill feather');
    expect(long.length).toBeGreaterThan(40);
    expect(long.length).toBeLessThanOrEqual(60);
    expect(vocabulary.decode(long)).toMatch(/^ Quillfeather 0, .*Quillfeather \d+\.$/);
  });

  it('favours what goes on with a term, also at the start of a sentence, far more than what begins one', () => {
    const [first, second] = vocabulary.encode(' Starboard');
    expect(glossary.favoured([]).get(second!) ?? 0).toBe(0);
    const bonus = glossary.favoured([first!]).get(second!)!;
    expect(bonus).toBeGreaterThanOrEqual(2);
    const begins = new Glossary(vocabulary, ['Brandvold']).favoured([]).get(vocabulary.encode(' Brandvold')[0]!)!;
    expect(begins).toBeGreaterThan(0);
    expect(begins).toBeLessThan(bonus);
  });

  it('favours no letter that could begin anything', () => {
    // " Z|ol|af|rin" begins with a letter.
    expect(vocabulary.decode([NAME[0]!])).toBe(' Z');
    expect(glossary.favoured([]).has(NAME[0]!)).toBe(false);
    expect(glossary.favoured([NAME[0]!]).has(NAME[1]!)).toBe(true);
  });

  it('knows what says nothing but its terms', () => {
    for (const text of [' Zolafrin.', ' zolafrin, Quillfeather!']) expect(glossary.recites(text), text).toBe(true);
    for (const text of ['', ' ...', ' Zolafrin now', ' Zolafrins']) expect(glossary.recites(text), text).toBe(false);
  });

  it('knows terms where words are not parted by spaces', () => {
    const [first, second] = vocabulary.encode('齋藤');
    expect(new Glossary(vocabulary, ['齋藤']).favoured([first!]).has(second!)).toBe(true);
  });
});

describe('choose', () => {
  it('takes a favoured token that comes close enough, and gives the model’s own opinion of it', () => {
    const logits = Float32Array.of(3, 2, -5);
    const chosen = choose(logits, 0, () => 0, new Map([[1, 1.5]]));
    expect(chosen.token).toBe(1);
    expect(chosen.logProbability).toBeCloseTo(-1 - Math.log(1 + Math.exp(-1) + Math.exp(-8)), 4);
    expect(choose(logits, 0, () => 0, new Map([[2, 3]])).token).toBe(0);
    expect(choose(logits, 0, () => 0, new Map([[0, 1], [1, 1.5]])).token).toBe(0); // prettier-ignore
  });

  it('never takes what may not be written', () => {
    expect(choose(Float32Array.of(0, -Infinity), 0, () => 0, new Map([[1, 100]])).token).toBe(0);
  });
});

describe('transcribe with a glossary', () => {
  const NAME = vocabulary.encode(' Zolafrin');
  const WRONG = vocabulary.encode('ferry')[0]!;
  const glossary = new Glossary(vocabulary, ['Zolafrin']);

  const LED = glossary.promptFor(' Zolafrin');

  const hear = (script: Script, wishes: Partial<TranscribeRequest> = {}) =>
    hearScript(script, { glossary, previousText: LED, ...wishes });

  /** Hears the name but for its third token, where it has the right one second, 1 below. */
  const nearly = ({ text }: Moment) =>
    text.length === 2 ? { token: WRONG, second: NAME[2]! } : saying(NAME)({ text } as Moment);

  it('writes a name that the model nearly heard, and without one what it heard', async () => {
    expect((await hear({ next: nearly })).text).toBe(' Zolafrin');
    expect((await hear({ next: nearly }, { glossary: null })).text).not.toBe(' Zolafrin');
  });

  it('finds a name over the end of what is committed', async () => {
    const prefix = NAME.slice(0, 2).map((token) => ({ token, logProbability: 0 }));
    expect((await hear({ next: nearly }, { prefix })).text).toBe(vocabulary.decode(NAME.slice(2)));
  });

  /** Hears a name behind a prompt; without one, something else, or with so great a doubt that nothing was said. */
  const doubting = (otherwise: readonly number[], margin: number) => (moment: Moment) =>
    moment.history[0] === vocabulary.startOfPrevious ? saying(NAME)(moment) : { ...saying(otherwise)(moment), margin };

  it('invents no name: one alone stands only if something is heard without the prompt as well', async () => {
    const noise = await hear({ next: doubting(vocabulary.encode(' you'), 2), noSpeech: 0.9 });
    expect(noise.text).toBe('');
    const name = await hear({ next: doubting(vocabulary.encode(' Solar ferry'), 20), noSpeech: 0.9 });
    expect(name.text).toBe(' Zolafrin');
    const among = await hear({ next: saying([...vocabulary.encode(' She takes'), ...NAME]) });
    expect(among).toMatchObject({ text: ' She takes Zolafrin', fallbacks: 0 });
  });

  it('believes a name alone that is heard without the prompt', async () => {
    const next = (moment: Moment) =>
      moment.history[0] === vocabulary.startOfPrevious ? { token: NAME[1]! } : saying(NAME)(moment);
    expect(await hear({ next })).toMatchObject({ text: ' Zolafrin', sound: true, fallbacks: 1 });
  });

  it('commits no name alone while someone may still be silent', async () => {
    const early = await hear({ next: saying(NAME) }, { pass: 'tentative' });
    expect(early).toMatchObject({ text: ' Zolafrin', legible: true, sound: false });
    expect(await hear({ next: saying(NAME) }, { pass: 'tentative', glossary: null })).toMatchObject({ sound: true });
  });

  it('is not taken for what was said: a recital is heard again without it', async () => {
    const next = (moment: Moment) =>
      saying(moment.history[0] === vocabulary.startOfPrevious ? LED : vocabulary.encode(' Good bye'))(moment);
    expect((await hear({ next })).text).toBe(' Good bye');
  });
});
