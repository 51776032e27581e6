import { describe, expect, it } from 'vitest';
import { decode, type DecodeRequest } from '../../../workers/whisper/decode.ts';
import { seeded } from '../../support/seeded.ts';
import { attended, prompt, saying, ScriptedModel, vocabulary, type Moment, type Script } from './scripted.ts';

const POSITIONS = 100;
const HELLO = vocabulary.encode(' Hello there, how are you today?');
const WORDS = vocabulary.encode(' one two three four five six seven eight nine ten eleven twelve');

async function run(script: Script, wishes: Partial<DecodeRequest> = {}, model = new ScriptedModel(script)) {
  const audio = { positions: POSITIONS, release: () => undefined };
  const decoded = await decode(model, vocabulary, audio, {
    prompt,
    prefix: [],
    draft: [],
    temperature: 0,
    glossary: null,
    maxTokens: 200,
    random: seeded(1),
    abandoned: () => false,
    ...wishes,
  });
  return { ...decoded, model, ids: decoded.tokens.map(({ token }) => token) };
}

/** A text in which every token hangs on all those before it, of a length of its own. */
function entangled(seed: number): (moment: Moment) => { token: number } {
  const length = 1 + Math.floor(seeded(seed)() * 14);
  return ({ text }) => {
    if (text.length >= length) return { token: vocabulary.endOfText };
    let hash = seed;
    for (const token of text) hash = (Math.imul(hash, 31) + token) >>> 0;
    return { token: WORDS[Math.floor(seeded(hash)() * WORDS.length)]! };
  };
}

describe('decode', () => {
  it('writes the most probable text, one token a step', async () => {
    const { ids, end, model } = await run({ next: saying(HELLO) });
    expect(ids).toEqual(HELLO);
    expect(end).toBe('end-of-text');
    expect(model.calls).toEqual([prompt, ...HELLO.map((token) => [token])]);
  });

  it('gives back every cache: at the end, where a draft fails, when it gives up, when the model does', async () => {
    const wrong = [...HELLO.slice(0, 2), ...WORDS.slice(0, 3)];
    const runs = [
      await run({ next: saying(HELLO) }),
      await run({ next: saying(HELLO) }, { draft: wrong }),
      await run({ next: saying(HELLO) }, { abandoned: () => true }),
    ];
    expect(runs.map(({ model }) => model.caches)).toEqual([0, 0, 0]);
    const model = new ScriptedModel({
      next: ({ text }) => {
        if (text.length > 2) throw new Error('device lost');
        return { token: HELLO[text.length]! };
      },
    });
    await expect(run({ next: saying(HELLO) }, {}, model)).rejects.toThrow('device lost');
    expect(model.caches).toBe(0);
  });

  it('says how sure it was of each token', async () => {
    const { tokens } = await run({
      next: ({ text }) =>
        text.length === 0 ? { token: WORDS[0]!, second: WORDS[1]! } : { token: vocabulary.endOfText },
    });
    // Two tokens, one apart: 1 / (1 + e⁻¹) of what there is, give or take fifty thousand that are 20 below.
    expect(tokens[0]!.logProbability).toBeCloseTo(-Math.log(1 + Math.exp(-1)), 3);
  });

  it('takes a draft that is right in one single pass', async () => {
    const { ids, model } = await run({ next: saying(HELLO) }, { draft: HELLO });
    expect(ids).toEqual(HELLO);
    expect(model.calls).toHaveLength(1);
  });

  it('goes on where a draft ends', async () => {
    const { ids, model } = await run({ next: saying(HELLO) }, { draft: HELLO.slice(0, 4) });
    expect(ids).toEqual(HELLO);
    expect(model.calls).toHaveLength(1 + HELLO.length - 4);
  });

  it('ends where the text does, however the draft goes on', async () => {
    const { ids, model } = await run({ next: saying(HELLO) }, { draft: [...HELLO, ...WORDS] });
    expect(ids).toEqual(HELLO);
    expect(model.calls).toHaveLength(1);
  });

  it('forgets a draft from where it is wrong', async () => {
    const { ids, model } = await run({ next: saying(HELLO) }, { draft: HELLO.with(3, WORDS[5]!) });
    expect(ids).toEqual(HELLO);
    expect(model.calls).toHaveLength(1 + HELLO.length - 3);
    expect(model.calls[1]).toEqual([HELLO[3]]);
  });

  it('never lets a draft change the text', async () => {
    for (let seed = 1; seed <= 40; seed++) {
      const random = seeded(seed * 1000);
      const next = entangled(seed);
      const prefix = WORDS.slice(0, Math.floor(random() * 3));
      const plain = await run({ next }, { prefix });
      const draft = plain.ids.slice(0, Math.floor(random() * (plain.ids.length + 1)));
      for (let wrong = Math.floor(random() * 3); wrong > 0; wrong--)
        draft[Math.floor(random() * (draft.length + 1))] = WORDS[Math.floor(random() * WORDS.length)]!;
      const drafted = await run({ next }, { prefix, draft });
      expect(drafted.ids, `seed ${seed}`).toEqual(plain.ids);
      expect(drafted.tokens, `seed ${seed}`).toEqual(plain.tokens);
      expect(drafted.attention, `seed ${seed}`).toEqual(plain.attention);
      expect(drafted.end, `seed ${seed}`).toBe(plain.end);
    }
  });

  it('goes on behind a prefix without questioning it', async () => {
    const prefix = WORDS.slice(0, 3);
    const { ids, model } = await run({ next: saying(HELLO) }, { prefix });
    expect(ids).toEqual(HELLO.slice(3));
    expect(model.calls[0]).toEqual([...prompt, ...prefix]);
  });

  it('gives the attention of every token of prefix and text, and of the end', async () => {
    const prefix = HELLO.slice(0, 2);
    for (const draft of [[], HELLO.slice(2), HELLO.slice(2, 4), [WORDS[0]!]]) {
      const { attention, ids } = await run({ next: saying(HELLO) }, { prefix, draft });
      expect(attention).toHaveLength(prefix.length + ids.length + 1);
      attention.forEach((rows, i) => {
        const history = [...prompt, ...HELLO.slice(0, i)];
        expect([...rows.keys()].filter((at) => rows[at] === 1)).toEqual(
          [0, 1].map((head) => head * POSITIONS + attended(history, POSITIONS)),
        );
      });
    }
  });

  it('stops between two steps when it is abandoned', async () => {
    let asked = 0;
    const { end, ids, model } = await run({ next: saying(HELLO) }, { abandoned: () => ++asked > 3 });
    expect(end).toBe('abandoned');
    expect(ids).toEqual(HELLO.slice(0, 3));
    expect(model.calls).toHaveLength(4);
  });

  it('stops at a text that turns in circles', async () => {
    const { end, ids } = await run({ next: () => ({ token: WORDS[2]! }) });
    expect(end).toBe('repetition');
    expect(ids).toEqual(Array(6).fill(WORDS[2]));
  });

  it('stops at the length it is given, and at the last position of the decoder', async () => {
    const next = ({ text }: Moment) => ({ token: 1000 + text.length });
    expect((await run({ next }, { maxTokens: 5 })).ids).toHaveLength(5);
    const small = await run({ next, maxTokens: 16 }, { draft: Array.from({ length: 30 }, (_, i) => 1000 + i) });
    expect(small.end).toBe('length');
    expect(small.ids).toHaveLength(11);
    const full = await run({ next, maxTokens: 6 }, { prefix: WORDS.slice(0, 3) });
    expect(full).toMatchObject({ end: 'length', tokens: [] });
  });

  it('hears that nothing is said at the start of transcript, wherever that stands', async () => {
    const next = saying(HELLO);
    expect((await run({ next, noSpeech: 0.8 })).noSpeech).toBeCloseTo(0.8, 3);
    const behind = [vocabulary.startOfPrevious, ...WORDS, ...prompt];
    expect((await run({ next, noSpeech: 0.3 }, { prompt: behind })).noSpeech).toBeCloseTo(0.3, 3);
  });

  it('does not begin with the end, and may end behind a prefix', async () => {
    const ending = ({ text }: Moment) => ({
      token: vocabulary.endOfText,
      second: text.length > 0 ? WORDS[1]! : WORDS[0]!,
    });
    expect((await run({ next: ending })).ids).toEqual([WORDS[0]]);
    expect((await run({ next: ending }, { prefix: [WORDS[4]!] })).ids).toEqual([]);
  });
});
