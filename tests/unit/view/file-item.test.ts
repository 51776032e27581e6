import { describe, expect, it } from 'vitest';
import type { FileItem } from '../../../src/session/state.ts';
import { fileActs, fileFraction, fileWords } from '../../../src/view/logic/file-item.ts';
import { stemOf } from '../../../src/view/logic/files.ts';
import { en } from '../../../src/view/messages/en.ts';

const item = (rest: Partial<FileItem> = {}): FileItem => ({
  id: 'a',
  name: 'interview.mp3',
  phase: 'transcribing',
  positionMs: 190_000,
  durationMs: 2_700_000,
  language: null,
  again: null,
  secondsLeft: 600,
  damaged: false,
  failure: null,
  ...rest,
});

describe('a file in words', () => {
  const words = (rest: Partial<FileItem>, ready = true) => fileWords(item(rest), ready, en);

  it('tells audio time, and the time left only when it is known', () => {
    expect(words({}).state).toBe('3:10 of 45:00 · about 10 min left');
    expect(words({ secondsLeft: null }).state).toBe('3:10 of 45:00');
    expect(words({ secondsLeft: null, durationMs: null }).state).toBe('3:10');
    expect(words({}, false).state).toBe('Waiting for the model');
  });

  it('tells how far a stopped file had come', () => {
    expect(words({ phase: 'paused' }).state).toBe('Paused · 3:10 of 45:00');
    expect(words({ phase: 'cancelled' }).state).toBe('Cancelled · 3:10 of 45:00');
    expect(words({ phase: 'done' }).state).toBe('Done · 45:00');
  });

  it('F37: says that something is missing, whatever else there is to say', () => {
    expect(words({ phase: 'done', damaged: true }).note).toMatch(/damaged/);
  });

  it('shows a bar while there is progress to show', () => {
    expect(fileFraction(item({ positionMs: 1_350_000 }))).toBe(0.5);
    expect(fileFraction(item({ durationMs: null }))).toBeNull();
    expect(fileFraction(item({ phase: 'done' }))).toBeNull();
  });
});

it('offers what can be done: to move where there is a place, to stop what runs, to take away what is over', () => {
  const three = ['a', 'b', 'c'].map((id) => item({ id, phase: 'queued' }));
  expect(fileActs(three[0]!, three)).toEqual(['down', 'pause', 'cancel']);
  expect(fileActs(three[1]!, three)).toEqual(['up', 'down', 'pause', 'cancel']);
  expect(fileActs(item({ phase: 'needs-file' }), [item()])).toEqual(['resume', 'cancel']);
  expect(fileActs(item({ id: 'b', phase: 'done' }), three)).toEqual(['remove']);
});

describe('F45: the name a text is saved under', () => {
  it.each([
    ['interview.mp3', 'interview'],
    ['声のメモ – test (1) #50%.m4a', '声のメモ – test (1) #50%'],
    ['../../etc/passwd', 'etc passwd'],
    ['a\u202Egpj.mp3', 'a gpj'],
    ['<img src=x onerror=alert(1)>.wav', 'img src=x onerror=alert(1)'],
    ['con.mp3', 'Sotto con'],
    ['...', 'Sotto'],
    ['\u0000\u200B.mp3', 'Sotto'],
  ])('%s → %s', (name, expected) => {
    expect(stemOf(name)).toBe(expected);
  });

  it('is short enough for every file system', () => {
    expect(Buffer.byteLength(stemOf(`${'😀'.repeat(300)}.mp3`))).toBeLessThan(250);
  });
});
