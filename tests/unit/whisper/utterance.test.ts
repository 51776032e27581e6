import { describe, expect, it } from 'vitest';
import { MAX_FRAMES } from '../../../workers/whisper/log-mel.ts';
import { nextWindow, Utterance } from '../../../workers/whisper/utterance.ts';
import type { TokenWord } from '../../../workers/whisper/words.ts';
import { hear, prompt, recognizerOf, saying, ScriptedModel, vocabulary, type Moment, type Script } from './scripted.ts';

const HELLO = vocabulary.encode(' Hello there my friend');
const textOf = (words: readonly { text: string }[]) => words.map(({ text }) => text).join('');

describe('transcribe', () => {
  it('hears the short context only, while nothing is wrong, and gives every memory back', async () => {
    const { model, words, sound, fallbacks } = await hear({ next: saying(HELLO) });
    expect(textOf(words)).toBe(' Hello there my friend');
    expect(words[0]!.startSample).toBe(4000);
    expect({ sound, fallbacks }).toEqual({ sound: true, fallbacks: 0 });
    expect(model.encoded).toEqual([400]);
    expect(model.released).toBe(1);
  });

  it('tries the full context when the short one turns in circles', async () => {
    const next = (moment: Moment) => (moment.positions < 1500 ? { token: HELLO[0]! } : saying(HELLO)(moment));
    const { model, words, fallbacks } = await hear({ next });
    expect(textOf(words)).toBe(' Hello there my friend');
    expect(fallbacks).toBe(1);
    expect(model.encoded).toEqual([400, MAX_FRAMES]);
    expect(model.released).toBe(2);
  });

  it('leaves a phrase standing once when every try repeats it, and does not try again where it may not', async () => {
    const phrase = vocabulary.encode(' one two three four');
    const next = ({ text }: Moment) => ({ token: phrase[text.length % phrase.length]! });
    const tried = await hear({ next });
    expect(tried).toMatchObject({ sound: false, fallbacks: 3 });
    expect(textOf(tried.words)).toBe(' one two three four');
    expect(await hear({ next }, { pass: 'tentative' })).toMatchObject({ sound: false, fallbacks: 0 });
  });

  it('hears again, but invents nothing, when a sentence or two must be missing', async () => {
    const nine = { samples: new Float32Array(9 * 16_000), startSample: 0, speechEndSample: 9 * 16_000 };
    const all = vocabulary.encode(' Hello there my friend, the rain has stopped');
    const early = (moment: Moment) => saying(moment.positions < 1500 ? all.slice(0, 2) : all)(moment);
    const heard = await hear({ next: early }, nine);
    expect(textOf(heard.words)).toBe(' Hello there my friend, the rain has stopped');
    expect(heard).toMatchObject({ sound: true, fallbacks: 1 });
    // The same little text with all the context there is: it is taken, and nothing is drawn at random.
    const little = await hear({ next: saying(all.slice(0, 2)) }, nine);
    expect(textOf(little.words)).toBe(' Hello there');
    expect(little).toMatchObject({ sound: false, fallbacks: 1 });
  });

  it('does not take an echo of the text before for what was said', async () => {
    const before = vocabulary.encode(' Hello there my friend');
    const next = (moment: Moment) =>
      saying(moment.positions < 1500 ? before : vocabulary.encode(' Good bye then'))(moment);
    const heard = await hear({ next }, { previousText: before });
    expect(textOf(heard.words)).toBe(' Good bye then');
    // Said again without being led on, it stands.
    expect(textOf((await hear({ next: saying(before) }, { previousText: before })).words)).toBe(
      ' Hello there my friend',
    );
  });

  it('writes nothing when nothing was said', async () => {
    const guessing = ({ text }: Moment) => ({ token: HELLO[text.length] ?? vocabulary.endOfText, margin: 2 });
    const { words, sound } = await hear({ next: guessing, noSpeech: 0.9 });
    expect(words).toEqual([]);
    expect(sound).toBe(true);
    expect((await hear({ next: saying(HELLO), noSpeech: 0.9 })).words).not.toEqual([]);
  });

  it('asks for the language when none is given, and splits a translation into English words', async () => {
    const language = vocabulary.languages.get('ja')!;
    const heard = await hear({ next: saying(HELLO), language }, { language: null, task: 'translate' });
    expect(heard.language).toBe('ja');
    expect(heard.languageProbability).toBeGreaterThan(0.9);
    expect(heard.words.map(({ text }) => text)).toEqual([' Hello', ' there', ' my', ' friend']);
    expect(heard.model.calls[1]!.slice(0, 3)).toEqual([vocabulary.startOfTranscript, language, vocabulary.translate]);
  });
});

describe('the language', () => {
  const ja = vocabulary.languages.get('ja')!;

  it('is the most probable of those that a person speaks', async () => {
    const heard = await hear(
      { next: saying(HELLO), language: ja },
      { language: null, languages: ['en', 'de'], likelyLanguage: 'ja' },
    );
    expect(['en', 'de']).toContain(heard.language);
    expect(
      await hear({ next: saying(HELLO), language: ja }, { language: null, languages: ['de', 'ja'] }),
    ).toMatchObject({
      language: 'ja',
    });
  });

  it('needs no asking when a person speaks one alone', async () => {
    const { model, language } = await hear(
      { next: saying(HELLO), language: ja },
      { language: null, languages: ['de'] },
    );
    expect(language).toBe('de');
    expect(model.calls[0]).toHaveLength(4);
  });

  it('of the last utterance is believed only while the audio leaves doubt', async () => {
    expect((await hear({ next: saying(HELLO) }, { language: null, likelyLanguage: 'fr' })).language).toBe('fr');
    const clear = await hear({ next: saying(HELLO), language: ja }, { language: null, likelyLanguage: 'fr' });
    expect(clear.language).toBe('ja');
  });

  it('is not translated into itself', async () => {
    const { model } = await hear({ next: saying(HELLO) }, { language: 'en', task: 'translate' });
    expect(model.calls[0]).toEqual(prompt);
  });
});

describe('Utterance', () => {
  const work = (pass: 'tentative' | 'final', seconds: number, startSample = 0) => ({
    type: 'work' as const,
    epoch: 1,
    utterance: 1,
    pass,
    startSample,
    samples: new Float32Array(seconds * 16_000),
    speechEndSample: startSample + seconds * 16_000,
    continuesFrom: null,
  });
  const begin = (script: Script) => {
    const model = new ScriptedModel(script);
    const settings = { language: 'en', languages: [], task: 'transcribe', terms: [] } as const;
    return { model, utterance: new Utterance(recognizerOf(model), settings, null, null) };
  };

  it('commits what stands, drafts what does not, and with the last pass the rest', async () => {
    let text = vocabulary.encode(' Hello there my fried');
    const { model, utterance } = begin({ next: (moment) => saying(text)(moment) });
    const first = await utterance.pass(work('tentative', 2), () => false);
    expect([first.committed, textOf(first.tentative)]).toEqual([[], ' Hello there my fried']);
    text = HELLO;
    const second = await utterance.pass(work('tentative', 3), () => false);
    expect([textOf(second.committed), textOf(second.tentative)]).toEqual([' Hello there my', ' friend']);
    expect(second.restatedFrom).toBe(0);
    const calls = model.calls.length;
    const last = await utterance.pass(work('final', 4), () => false);
    expect([textOf(last.committed), last.tentative, last.restatedFrom]).toEqual([' friend', [], null]);
    expect(model.calls).toHaveLength(calls + 1);
  });

  it('leaves what stands right before a cut to the next utterance, which hears it again and does not say it twice', async () => {
    const text = vocabulary.encode(' Hello there my friend, the rain has stopped and the boats go out');
    const { model, utterance } = begin({ next: saying(text) });
    const cut = { ...work('final', 2.4), continuesFrom: 0.7 * 16_000 };
    const first = await utterance.pass(cut, () => false);
    // The scripted model's words stand at the end of the audio, all but the first.
    expect(textOf(first.committed)).toBe(' Hello');
    expect(first.tentative).toEqual([]);
    const { shared, text: before } = utterance.memory;
    expect(shared.length).toBeGreaterThan(0);
    expect([...before, ...shared.flatMap(({ tokens }) => tokens.map(({ token }) => token))]).toEqual(
      first.committed.flatMap(({ tokens }) => tokens.map(({ token }) => token)),
    );

    const calls = model.calls.length;
    const settings = { language: 'auto', languages: [], task: 'transcribe', terms: [] } as const;
    const next = new Utterance(recognizerOf(model), settings, utterance.memory, null);
    const second = await next.pass(work('final', 3, 0.7 * 16_000), () => false);
    // What is heard again is given, and so the language is no question any more.
    const given = [...prompt, ...shared.flatMap(({ tokens }) => tokens.map(({ token }) => token))];
    expect(model.calls[calls]!.slice(0, given.length)).toEqual(given);
    expect(textOf([...first.committed, ...second.committed])).toBe(vocabulary.decode(text));
  });

  it('does not believe a pass that was abandoned or went in circles', async () => {
    let circling = false;
    const { utterance } = begin({ next: (moment) => (circling ? { token: HELLO[1]! } : saying(HELLO)(moment)) });
    await utterance.pass(work('tentative', 2), () => false);
    const abandoned = await utterance.pass(work('tentative', 3), () => true);
    expect([abandoned.committed, textOf(abandoned.tentative)]).toEqual([[], ' Hello there my friend']);
    circling = true;
    const circled = await utterance.pass(work('tentative', 3), () => false);
    expect([circled.committed, textOf(circled.tentative)]).toEqual([[], ' Hello there my friend']);
  });

  it('lets go of committed audio once the window is long, and never begins a word before the last one ends', async () => {
    const text = vocabulary.encode(
      ' Hello there my friend, the rain has stopped and the boats go out to the sea again',
    );
    const { model, utterance } = begin({ next: saying(text) });
    await utterance.pass(work('tentative', 16), () => false);
    const { committed, keepFromSample } = await utterance.pass(work('tentative', 17), () => false);
    expect(keepFromSample).toBe(committed.at(-1)!.endSample);
    expect(keepFromSample).toBeGreaterThan(0);
    const before = model.calls.length;
    await utterance.pass(work('final', 4, keepFromSample), () => false);
    expect(model.calls[before]!.slice(0, text.length + 1)).toEqual([vocabulary.startOfPrevious, ...text]);
  });
});

describe('nextWindow', () => {
  const word = (text: string, endSeconds: number) => ({
    text,
    startSample: (endSeconds - 0.5) * 16_000,
    endSample: endSeconds * 16_000,
    probability: 1,
    tokens: [],
  });
  const start = (seconds: number, ...words: TokenWord[]): number => nextWindow(words, 0, seconds * 16_000) / 16_000;

  it('is this one while that is short, and while nothing is committed', () => {
    expect(start(14, word(' Yes.', 2))).toBe(0);
    expect(start(20)).toBe(0);
  });

  it('begins behind a sentence, if that leaves a short one, else behind a word', () => {
    expect(start(20, word(' Yes.', 2), word(' No.', 8), word(' But', 9))).toBe(8);
    expect(start(20, word(' Yes.', 2), word(' But', 9))).toBe(9);
  });
});
