import { describe, expect, it } from 'vitest';
import type { ModelPhase } from '../../../src/session/state.ts';
import { LANGUAGES } from '../../../src/recognizer/languages.ts';
import { datedName } from '../../../src/view/logic/files.ts';
import { interfaceLanguage } from '../../../src/view/logic/interface-language.ts';
import { likelyLanguages, namedLanguages } from '../../../src/view/logic/languages.ts';
import { microphoneOptions } from '../../../src/view/logic/microphones.ts';
import { noticesOf, smallerModel } from '../../../src/view/logic/notices.ts';
import { modelLine, sessionWords } from '../../../src/view/logic/status.ts';
import { loudness, wavePath } from '../../../src/view/logic/wave.ts';
import { en } from '../../../src/view/messages/en.ts';
import { ViewState } from '../../support/view-state.svelte.ts';

const LOADING: ModelPhase = {
  phase: 'downloading',
  file: 'decoder',
  loadedBytes: 43e6,
  totalBytes: 77e6,
  secondsLeft: 20,
  waiting: false,
};
const keys = (app: ViewState) => noticesOf(app, en, () => false).map(({ key }) => key);

describe('state in words', () => {
  it('F30: names the lag once it is worth mentioning', () => {
    expect(sessionWords(new ViewState({ phase: 'listening', lagMs: 1500 }), en)).toBe('Listening');
    expect(sessionWords(new ViewState({ phase: 'listening', lagMs: 6200 }), en)).toBe('Listening · 7 sec behind');
  });

  it('what waits for the model is no lag', () => {
    const app = new ViewState({ phase: 'listening', lagMs: 60_000, model: LOADING });
    expect(sessionWords(app, en)).toBe('Listening');
  });

  it('says while loading that one may start, and while listening that words come later', () => {
    expect(modelLine(new ViewState({ model: LOADING }), en)?.hint).toBe(en.model.startAnyway);
    expect(modelLine(new ViewState({ model: LOADING, phase: 'listening' }), en)?.hint).toBe(en.model.writtenLater);
  });

  it('F15: says that another tab downloads', () => {
    expect(modelLine(new ViewState({ model: { ...LOADING, waiting: true } }), en)?.text).toBe(
      en.model.waitingForOtherTab,
    );
  });
});

describe('notices', () => {
  it('F21: the model line and the notice do not say the same twice', () => {
    const waiting = { notices: [{ type: 'waiting-for-model' }], phase: 'listening' } as const;
    expect(keys(new ViewState({ ...waiting, model: LOADING }))).toEqual([]);
    expect(keys(new ViewState({ ...waiting, model: { phase: 'absent' } }))).toEqual(['waiting-for-model']);
  });

  it('a failure told by session and model alike is told once, before all that is no problem', () => {
    const failure = { name: 'download-interrupted', file: 'decoder' } as const;
    const app = new ViewState({
      notices: [{ type: 'memory-only' }, { type: 'failure', failure }],
      model: { phase: 'failed', failure },
      update: 'waiting',
    });
    expect(keys(app)).toEqual(['download-interrupted', 'memory-only', 'update']);
  });

  it('F20: a smaller model is offered only where there is one', () => {
    const app = new ViewState({ model: { phase: 'failed', failure: { name: 'out-of-memory', model: 'base' } } });
    expect(smallerModel(app)).toBe('tiny');
    expect(noticesOf(app, en, () => false)[0]?.actions).toContain('smaller-model');
    app.settings.model = 'tiny';
    expect(smallerModel(app)).toBeNull();
    expect(noticesOf(app, en, () => false)[0]?.actions).toEqual(['retry-load']);
  });

  it('F5: an update that waits for a recording offers no reload', () => {
    expect(noticesOf(new ViewState({ update: 'deferred' }), en, () => false)[0]?.actions).toEqual([]);
    expect(noticesOf(new ViewState({ update: 'waiting' }), en, () => false)[0]?.actions).toEqual(['apply-update']);
  });
});

describe('languages', () => {
  it('names every language, in order, each with a name of its own', () => {
    for (const locale of ['en', 'ja']) {
      const named = namedLanguages(locale);
      expect(named).toHaveLength(LANGUAGES.length);
      expect(new Set(named.map(({ name }) => name)).size).toBe(LANGUAGES.length);
      for (const { code, name } of named) expect(name.toLowerCase(), code).not.toBe(code);
    }
    expect(namedLanguages('en').find(({ code }) => code === 'jw')?.name).toBe('Javanese');
  });

  it('puts the chosen one and the browser’s first', () => {
    expect(likelyLanguages(['de', 'fr', 'de', 'en'], ['ja-JP', 'en-US', 'ja', 'tlh'])).toEqual([
      'de',
      'fr',
      'en',
      'ja',
    ]);
  });

  it('speaks the browser’s first language that it knows', () => {
    expect(interfaceLanguage(['fr-FR', 'ja-JP', 'en'])).toBe('ja');
    expect(interfaceLanguage(['fr'])).toBe('en');
    expect(interfaceLanguage(['jam', 'en'])).toBe('en');
  });
});

describe('microphones', () => {
  it('F23: a chosen one that is gone stays in the list and says so', () => {
    const devices = [
      { id: 'a', label: null },
      { id: 'b', label: 'USB' },
    ];
    expect(microphoneOptions(devices, { id: 'gone', label: 'AirPods' }, en.settings)).toEqual([
      { id: '', name: 'System default' },
      { id: 'a', name: 'Microphone 1' },
      { id: 'b', name: 'USB' },
      { id: 'gone', name: 'AirPods (not connected)' },
    ]);
  });
});

it('file names sort by date and hold nothing a file system forbids', () => {
  expect(datedName(new Date(2026, 2, 1, 9, 5))).toBe('Sotto 2026-03-01 09.05');
});

describe('the level', () => {
  it('is heard, not measured: silence is 0, a whisper little, a shout 1', () => {
    expect(loudness(0)).toBe(0);
    expect(loudness(0.01)).toBeGreaterThan(0.2);
    expect(loudness(0.01)).toBeLessThan(0.4);
    expect(loudness(0.9)).toBe(1);
  });

  it('lies still on silence and stays within its line', () => {
    expect(wavePath(0, 12)).toBe('M0 0H400');
    const heights = [...wavePath(1, 3).matchAll(/ (-?[\d.]+)/g)].map(([, y]) => Math.abs(Number(y)));
    expect(Math.max(...heights)).toBeLessThanOrEqual(21);
    expect(Math.max(...heights)).toBeGreaterThan(5);
  });
});
