import { deleteDB } from 'idb';
import { afterEach } from 'vitest';
import { openDatabase } from '../../src/library/database.ts';
import type { NewSession } from '../../src/library/records.ts';
import { SessionLibrary } from '../../src/library/session-library.ts';
import { Scope } from '../../src/platform/scope.ts';
import { transcriptOf } from '../unit/formats/spoken.ts';

export const GARDEN = transcriptOf({ text: 'The garden needs water.', at: 1 }, { text: 'So do the roses.', at: 5 });
export const HARBOUR = transcriptOf({ text: '港へ行く。', at: 2, language: 'ja' });

export const record = (id: string, change: Partial<NewSession> = {}): NewSession => ({
  id,
  createdAt: 1_700_000_000_000,
  changedAt: 1_700_000_000_000,
  title: null,
  opening: '',
  source: { type: 'microphone' },
  durationSamples: 16_000,
  state: 'complete',
  recording: null,
  version: '1',
  versions: [{ id: '1', model: 'base', language: 'auto', task: 'transcribe', createdAt: 1_700_000_000_000, words: 0 }],
  ...change,
});

let scope = new Scope();

/** A tab: each has a library of its own. They are closed after each test. */
export const tab = (owner = scope) => SessionLibrary.open(owner, () => undefined);

/** As when the browser is closed. */
export function closeTabs(): void {
  scope.dispose();
  scope = new Scope();
}

export const count = async (store: 'texts' | 'passages') => {
  const database = await openDatabase(() => undefined);
  const all = await database.count(store);
  database.close();
  return all;
};

/** Every test begins with nothing kept. */
export function beginEmpty(): void {
  afterEach(async () => {
    closeTabs();
    await deleteDB('sotto-files');
  });
}
