import { describe, expect, it } from 'vitest';
import { Glossary } from '../../../workers/whisper/glossary.ts';
import { nearest, sounding } from '../../../workers/whisper/likeness.ts';
import { recallTerms } from '../../../workers/whisper/recall.ts';
import { transcribe, type TranscribeRequest } from '../../../workers/whisper/transcribe.ts';
import type { TokenWord } from '../../../workers/whisper/words.ts';
import { A_SECOND, recognizerOf, saying, ScriptedModel, vocabulary, type Moment } from './scripted.ts';

describe('likeness', () => {
  it('folds what sounds alike into one spelling', () => {
    expect(sounding('Dr. Phillip Quayle')).toBe(sounding('dr filip kuaile'));
    expect(sounding('Łódź, café')).toBe(sounding('łods cafe'));
    expect(sounding('山田 太郎')).toBe('山田太郎');
  });

  it('counts the edits to the nearest part of a text', () => {
    expect(nearest('name', 'and the name is')).toBe(0);
    expect(nearest('name', 'andthegameis')).toBe(1);
    expect(nearest('name', 'nme')).toBe(1);
    expect(nearest('name', 'nawme')).toBe(1);
    expect(nearest('name', '')).toBe(4);
    expect(nearest('', 'text')).toBe(0);
  });
});

describe('recallTerms', () => {
  const glossary = new Glossary(vocabulary, ['Zolafrin', 'Quillfeather']);
  const LED = [vocabulary.startOfPrevious, ...vocabulary.encode(' Zolafrin.')];
  const SOLAR = vocabulary.encode(' She takes Solafrine now');
  const RIGHT = vocabulary.encode(' She takes Zolafrin now');

  /** Writes the name right where the prompt has it. */
  const next = (moment: Moment) => saying(moment.history[0] === vocabulary.startOfPrevious ? RIGHT : SOLAR)(moment);

  async function hear(wishes: Partial<TranscribeRequest> = {}, known: readonly TokenWord[] = [], script = { next }) {
    const model = new ScriptedModel(script);
    const request: TranscribeRequest = { ...A_SECOND, glossary, ...wishes };
    const { words } = await recallTerms((part) => transcribe(recognizerOf(model), part), request, known);
    return { text: words.map(({ text }) => text).join(''), model };
  }

  const heard = (text: string): TokenWord => ({ text, startSample: 0, endSample: 1, probability: 1, tokens: [] });

  it('makes a final pass again with the term that something in it sounds like, and with no other', async () => {
    const { text, model } = await hear();
    expect(text).toBe(' She takes Zolafrin now');
    expect(model.encoded).toHaveLength(2);
    expect(model.calls[0]![0]).toBe(vocabulary.startOfTranscript);
    expect(model.calls.find(([first]) => first === vocabulary.startOfPrevious)!.slice(0, LED.length)).toEqual(LED);
  });

  it('makes one pass where nothing sounds like a term, and says nothing of them', async () => {
    const { text, model } = await hear({}, [], { next: saying(vocabulary.encode(' The rain has stopped')) });
    expect(text).toBe(' The rain has stopped');
    expect(model.encoded).toHaveLength(1);
    expect(model.calls[0]![0]).toBe(vocabulary.startOfTranscript);
  });

  it('makes one pass where an earlier one heard it, tentative or final, before the text that went before', async () => {
    for (const pass of ['tentative', 'final'] as const) {
      const before = vocabulary.encode(' Good morning.');
      const { text, model } = await hear({ pass, previousText: before }, [heard(' solo'), heard(' frin')]);
      expect(text).toBe(' She takes Zolafrin now');
      expect(model.encoded).toHaveLength(1);
      expect(model.calls[0]!.slice(0, LED.length + before.length)).toEqual([...LED, ...before]);
    }
  });

  it('leaves a tentative pass at one: the next is led on', async () => {
    const { text, model } = await hear({ pass: 'tentative' });
    expect(text).toBe(' She takes Solafrine now');
    expect(model.encoded).toHaveLength(1);
  });

  it('keeps what was heard without terms when they lead astray', async () => {
    const circling = (moment: Moment) =>
      moment.history[0] === vocabulary.startOfPrevious ? { token: SOLAR[1]! } : saying(SOLAR)(moment);
    expect((await hear({}, [], { next: circling })).text).toBe(' She takes Solafrine now');
  });
});
