import { describe, expect, it } from 'vitest';
import type { Failure } from '../../../src/platform/failure.ts';
import type { FileItem, Notice } from '../../../src/session/state.ts';
import { fileActs, fileWords } from '../../../src/view/logic/file-item.ts';
import { noticesOf } from '../../../src/view/logic/notices.ts';
import { en } from '../../../src/view/messages/en.ts';
import { clock, createFormats } from '../../../src/view/messages/formats.ts';
import { ja } from '../../../src/view/messages/ja.ts';
import type { Messages } from '../../../src/view/messages/messages.ts';
import { ViewState } from '../../support/view-state.svelte.ts';

const FAILURES: readonly Failure[] = [
  { name: 'isolation-missing', cause: 'headers' },
  { name: 'isolation-missing', cause: 'insecure-context' },
  { name: 'isolation-missing', cause: 'unsupported' },
  { name: 'worker-crashed', worker: 'speech', detail: 'x' },
  { name: 'worker-crashed', worker: 'detector', detail: 'x' },
  { name: 'worker-crashed', worker: 'whisper', detail: 'x' },
  { name: 'offline-without-model' },
  { name: 'download-interrupted', file: 'x' },
  { name: 'download-refused', file: 'x', status: 503 },
  { name: 'download-corrupt', file: 'x' },
  { name: 'storage-full', neededBytes: 77e6, freeBytes: 12e6 },
  { name: 'storage-full', neededBytes: 77e6, freeBytes: null },
  { name: 'storage-unavailable' },
  { name: 'out-of-memory', model: 'small' },
  { name: 'engine-failed', detail: 'x' },
  { name: 'microphone-denied' },
  { name: 'microphone-dismissed' },
  { name: 'microphone-missing' },
  { name: 'microphone-busy' },
  { name: 'microphone-lost' },
  { name: 'capture-failed', detail: 'x' },
];

/** Shown in the file's own row, whose buttons are their cures. */
const FILE_FAILURES: readonly Failure[] = [
  { name: 'not-audio', reason: 'empty' },
  { name: 'not-audio', reason: 'unknown' },
  { name: 'not-audio', reason: 'damaged' },
  { name: 'no-audio-track' },
  { name: 'codec-unsupported', codec: 'AMR' },
  { name: 'file-refused', channels: 192, sampleRate: 48_000 },
  { name: 'decoding-failed', detail: 'x' },
  { name: 'decoder-stalled' },
  { name: 'file-changed' },
  { name: 'file-missing' },
];

const FILE: FileItem = {
  id: 'a',
  name: 'interview.mp3',
  phase: 'transcribing',
  positionMs: 190_000,
  language: null,
  again: null,
  durationMs: 2_700_000,
  secondsLeft: 600,
  damaged: false,
  failure: null,
};

const CONDITIONS: readonly Exclude<Notice, { type: 'failure' }>[] = [
  { type: 'no-signal' },
  { type: 'audio-suspended' },
  { type: 'microphone-replaced', wanted: 'AirPods', used: 'Built-in' },
  { type: 'microphone-lost' },
  { type: 'waiting-for-model' },
  { type: 'memory-only' },
  { type: 'recording-stopped', reason: 'full', sampleCount: 12 * 60 * 16_000 },
  { type: 'recording-stopped', reason: 'failed', sampleCount: 100 },
];

/** Every string of a tree of messages, with its path; functions are left to the tests that call them. */
function strings(tree: object, path = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]: [string, unknown]) => {
    if (typeof value === 'string') return [[`${path}${key}`, value] as [string, string]];
    return typeof value === 'object' && value !== null ? strings(value, `${path}${key}.`) : [];
  });
}

describe.each([
  ['English', en],
  ['Japanese', ja],
] as const)('%s', (_, messages) => {
  it('has words for every key', () => {
    for (const [path, text] of strings(messages)) expect(text.trim(), path).not.toBe('');
  });

  it.each(FAILURES)('says what happened and the cure: $name $cause $worker', (failure) => {
    const notice: Notice = { type: 'failure', failure };
    const [view] = noticesOf(new ViewState({ notices: [notice] }), messages, () => false);
    expect(view?.title).toMatch(/\S/);
    expect(view?.text).toMatch(/\S/);
    expect(view?.actions.length).toBeGreaterThan(0);
    for (const action of view!.actions) expect(messages.actions[action]).toMatch(/\S/);
  });

  it.each(FILE_FAILURES)('says in the row of the file what happened: $name $reason', (failure) => {
    const item = { ...FILE, phase: 'failed', failure } as const;
    const { state, note } = fileWords(item, true, messages);
    expect(`${state} ${note}`).toMatch(/^\S.+ .*\S$/);
    expect(`${state} ${note}`).not.toMatch(/undefined|null/);
    expect(fileActs(item, [item])).toEqual(['resume', 'remove']);
  });

  it.each(CONDITIONS)('tells of $type', (notice) => {
    const [view] = noticesOf(new ViewState({ notices: [notice] }), messages, () => false);
    expect(`${view?.title} ${view?.text}`).not.toMatch(/undefined|null/);
  });
});

it('both languages say the same things: every key of one is a key of the other', () => {
  expect(strings(ja).map(([path]) => path)).toEqual(strings(en).map(([path]) => path));
});

it('nothing in Japanese was left in English', () => {
  const untranslated = strings(ja).filter(([, text]) => !/[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}]/u.test(text));
  expect(untranslated.map(([path]) => path)).toEqual(['save.formats.json.title']);
});

describe('quantities', () => {
  it('download progress names the unit once', () => {
    expect(en.model.loading(43e6, 77e6, 20)).toBe('Loading 43 of 77 MB · 20 sec left');
    expect(en.model.loading(640_000, 77e6, null)).toBe('Loading 640 kB of 77 MB');
    expect(ja.model.loading(43e6, 77e6, 20)).toBe('読み込み中 43 / 77 MB・残り 20 秒');
  });

  it('bytes are decimal and grow into gigabytes', () => {
    const { bytes } = createFormats('en');
    expect([999, 1e6, 76.6e6, 1.25e9].map(bytes)).toEqual(['1 kB', '1 MB', '77 MB', '1.3 GB']);
  });

  it('time left is rounded up and never zero', () => {
    const { duration } = createFormats('en');
    expect([0, 19.2, 130, 7200].map(duration)).toEqual(['1 sec', '20 sec', '3 min', '2 hr']);
  });

  it('F31: how much of a recording is safe is said to the second, and when it was as people say it', () => {
    const { length, moment } = createFormats('en');
    expect([0.2, 20.9, 200, 3_600, 36_061].map(length)).toEqual([
      '1 sec',
      '20 sec',
      '3 min 20 sec',
      '1 hr',
      '10 hr 1 min 1 sec',
    ]);
    const today = new Date().setHours(12, 4);
    expect(moment(today)).toMatch(/^12:04\sPM$/);
    expect(moment(new Date(2026, 2, 1, 12, 4).getTime())).toMatch(/^Mar 1, 12:04\sPM$/);
    expect(en.recovery.interrupted(today)).toMatch(/^Your recording of 12:04\sPM was interrupted$/);
    expect(ja.recovery.interrupted(today)).toBe('12:04の録音が途中で終わっています');
  });

  it('F32: a full disk while recording is told with what is safe', () => {
    const notice = { type: 'recording-stopped', reason: 'full', sampleCount: 200 * 16_000 } as const;
    expect(en.notices['recording-stopped'](notice).text).toMatch(
      /^The first 3 min 20 sec are safe and can be played\./,
    );
    expect(ja.notices['recording-stopped'](notice).text).toMatch(/^はじめの3 分20 秒の音声は無事で/);
    expect(en.notices['recording-stopped']({ ...notice, sampleCount: 0 }).text).toMatch(/^What you say/);
  });

  it('elapsed time reads as on a clock', () => {
    expect([0, 42_900, 605_000, 3_723_000].map(clock)).toEqual(['0:00', '0:42', '10:05', '1:02:03']);
  });

  it('F16: a full disk is told with what is needed and what is free', () => {
    const { text } = en.failures['storage-full']({ name: 'storage-full', neededBytes: 77e6, freeBytes: 12e6 });
    expect(text).toContain('77 MB');
    expect(text).toContain('12 MB');
  });

  it('F22: denied and dismissed have different words', () => {
    const { failures }: Messages = en;
    const denied = failures['microphone-denied']({ name: 'microphone-denied' });
    const dismissed = failures['microphone-dismissed']({ name: 'microphone-dismissed' });
    expect(denied.title).not.toBe(dismissed.title);
    expect(denied.text).not.toBe(dismissed.text);
  });
});
