import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Pull, WhisperEvent, Work } from '../../../src/recognizer/protocol.ts';
import type { Plan } from '../../../src/recognizer/device/plan.ts';
import { RunFlag } from '../../../src/recognizer/run-flag.ts';
import { WhisperService } from '../../../workers/whisper/service.ts';
import { recognizerOf, saying, ScriptedModel, vocabulary, type Script } from './scripted.ts';

const HELLO = vocabulary.encode(' Hello there');
const CPU: Plan = { device: 'wasm', threads: 1 };
const ports: MessagePort[] = [];

afterEach(() => {
  for (const port of ports.splice(0)) port.close();
});

/** The service, with what stands around it: a page that listens and a speech worker that answers. */
function place(script: Script, lost: Promise<string> | null = null) {
  const flag = new RunFlag();
  const events = new MessageChannel();
  const speech = new MessageChannel();
  ports.push(events.port2, speech.port2);
  const heard: WhisperEvent[] = [];
  const pulls: Pull[] = [];
  events.port2.onmessage = ({ data }: MessageEvent<WhisperEvent>) => heard.push(data);
  speech.port2.onmessage = ({ data }: MessageEvent<Pull>) => pulls.push(data);
  let released = 0;
  const load = () =>
    Promise.resolve({
      recognizer: recognizerOf(new ScriptedModel(script)),
      plan: CPU,
      lost,
      kept: true,
      release: () => {
        released++;
        return Promise.resolve();
      },
    });
  const service = new WhisperService(load, new Promise(() => undefined));
  service.init(flag.buffer, events.port1);
  service.configure({ language: 'en', languages: [], task: 'transcribe', terms: [] });
  service.connect(speech.port1);
  flag.begin();
  flag.set();
  const give = (work: Work) => speech.port2.postMessage(work);
  return { service, flag, heard, pulls, give, released: () => released };
}

const work = (pass: 'tentative' | 'final', utterance = 1): Work => ({
  type: 'work',
  epoch: 1,
  utterance,
  pass,
  startSample: 0,
  samples: new Float32Array(16_000),
  speechEndSample: 16_000,
  continuesFrom: null,
});

const types = (heard: readonly WhisperEvent[]) => heard.map(({ type }) => type);

describe('WhisperService', () => {
  it('pulls once it is loaded, works, says what came of it, and is drained', async () => {
    const { service, heard, pulls, give } = place({ next: saying(HELLO) });
    expect(pulls).toEqual([]);
    service.load('tiny', CPU);
    await vi.waitFor(() => expect(pulls).toEqual([{ type: 'pull', done: null }]));
    give(work('final'));
    await vi.waitFor(() => expect(pulls).toHaveLength(2));
    expect(pulls[1]!.done).toEqual({ epoch: 1, utterance: 1, pass: 'final', keepFromSample: 0 });
    give({ type: 'drained', epoch: 1 });
    await vi.waitFor(() => expect(pulls).toHaveLength(3));
    await vi.waitFor(() =>
      expect(types(heard)).toEqual(['ready', 'pass-started', 'words', 'pass-finished', 'drained']),
    );
    expect(heard[2]).toMatchObject({ final: true, committed: [{ text: ' Hello' }, { text: ' there' }] });
  });

  it('hears the language anew in every utterance, says which, and what is translated from it', async () => {
    let language = vocabulary.languages.get('ja')!;
    const script: Script = {
      next: saying(HELLO),
      get language() {
        return language;
      },
    };
    const { service, heard, pulls, give } = place(script);
    service.configure({ language: 'auto', languages: [], task: 'translate', terms: [] });
    service.load('tiny', CPU);
    await vi.waitFor(() => expect(pulls).toHaveLength(1));
    give(work('final', 1));
    await vi.waitFor(() => expect(pulls).toHaveLength(2));
    language = vocabulary.languages.get('en')!;
    give(work('final', 2));
    await vi.waitFor(() => expect(pulls).toHaveLength(3));
    await vi.waitFor(() => expect(heard.filter(({ type }) => type === 'pass-finished')).toHaveLength(2));
    expect(heard.flatMap((event) => (event.type === 'language' ? [event.language] : []))).toEqual(['ja', 'en']);
    const said = heard.flatMap((event) => (event.type === 'words' ? [[event.language, event.translatedFrom]] : []));
    expect(said).toEqual([
      ['en', 'ja'],
      ['en', undefined],
    ]);
  });

  it('takes another choice of language for the utterance under way, until words of it are committed', async () => {
    const { service, heard, pulls, give } = place({ next: saying(HELLO), language: vocabulary.languages.get('ja')! });
    service.configure({ language: 'auto', languages: [], task: 'transcribe', terms: [] });
    service.load('tiny', CPU);
    await vi.waitFor(() => expect(pulls).toHaveLength(1));
    const pass = async (): Promise<void> => {
      const before = pulls.length;
      give(work('tentative', 1));
      await vi.waitFor(() => expect(pulls).toHaveLength(before + 1));
    };
    const languages = () => heard.flatMap((event) => (event.type === 'words' ? [event.language] : []));
    await pass();
    service.configure({ language: 'de', languages: [], task: 'transcribe', terms: [] });
    await pass();
    await pass();
    await vi.waitFor(() => expect(languages()).toEqual(['ja', 'de', 'de']));
    // Two passes agree: the first words stand, and are German.
    service.configure({ language: 'fr', languages: [], task: 'transcribe', terms: [] });
    await pass();
    await vi.waitFor(() => expect(languages()).toEqual(['ja', 'de', 'de', 'de']));
  });

  it('abandons a tentative pass whose utterance has ended, and never a final one', async () => {
    const { service, flag, heard, pulls, give } = place({ next: saying(HELLO) });
    service.load('tiny', CPU);
    await vi.waitFor(() => expect(pulls).toHaveLength(1));
    flag.count('utterancesEnded');
    give(work('tentative', 1));
    await vi.waitFor(() => expect(pulls).toHaveLength(2));
    give(work('tentative', 2));
    await vi.waitFor(() => expect(pulls).toHaveLength(3));
    flag.clear();
    give(work('final', 2));
    await vi.waitFor(() => expect(pulls).toHaveLength(4));
    await vi.waitFor(() => expect(heard.filter(({ type }) => type === 'pass-finished')).toHaveLength(3));
    const abandoned = heard.flatMap((event) => (event.type === 'pass-finished' ? [event.abandoned] : []));
    expect(abandoned).toEqual([true, false, false]);
  });

  it('says that it failed, and pulls no more', async () => {
    const { service, heard, pulls, give } = place({
      next: () => {
        throw new Error('device lost');
      },
    });
    service.load('tiny', CPU);
    await vi.waitFor(() => expect(pulls).toHaveLength(1));
    give(work('final'));
    await vi.waitFor(() =>
      expect(heard.at(-1)).toEqual({
        type: 'failed',
        failure: { name: 'engine-failed', detail: 'Error: device lost' },
      }),
    );
    expect(pulls).toHaveLength(1);
  });

  it('says when the device is lost, whether it works or not (F19)', async () => {
    const { service, heard } = place({ next: saying(HELLO) }, Promise.resolve('GPU lost (unknown): unplugged'));
    service.load('tiny', CPU);
    await vi.waitFor(() =>
      expect(heard.at(-1)).toEqual({
        type: 'failed',
        failure: { name: 'engine-failed', detail: 'GPU lost (unknown): unplugged' },
      }),
    );
  });

  it('gives the old model back before it takes another, while a pull is out as well', async () => {
    const { service, heard, pulls, give, released } = place({ next: saying(HELLO) });
    service.load('tiny', CPU);
    await vi.waitFor(() => expect(pulls).toHaveLength(1));
    service.load('base', CPU);
    await vi.waitFor(() => expect(types(heard)).toEqual(['ready', 'ready']));
    expect(released()).toBe(1);
    give(work('final'));
    await vi.waitFor(() => expect(pulls).toHaveLength(2));
    expect(pulls[1]!.done).toMatchObject({ pass: 'final' });
  });
});
