import { deleteDB } from 'idb';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { newSession } from '../../src/library/records.ts';
import { SessionLibrary } from '../../src/library/session-library.ts';
import { Scope } from '../../src/platform/scope.ts';
import { Backup } from '../../src/session/backup.svelte.ts';
import { Settings } from '../../src/session/settings.svelte.ts';

let scope: Scope;
beforeEach(() => {
  scope = new Scope();
  localStorage.clear();
});
afterEach(async () => {
  scope.dispose();
  localStorage.clear();
  await deleteDB('sotto-files');
});

/** Settings as a page has them, and what it was told of their changes. */
function opened() {
  const changed: string[] = [];
  const settings = new Settings(scope, (name) => changed.push(name));
  return { settings, changed };
}

it('brought back with a backup hold at once, and the next choice leaves them', async () => {
  const { settings, changed } = opened();
  settings.vocabulary = 'Brannoc';
  settings.task = 'translate';
  const library = await SessionLibrary.open(scope, () => undefined);
  const summary = { model: 'tiny', language: 'en', task: 'transcribe' } as const;
  await library.create(
    newSession({ id: 'one', createdAt: 1, summary, source: { type: 'microphone' }, state: 'complete' }),
  );
  const backup = new Backup(scope);
  await backup.make();
  if (backup.current.phase !== 'made') throw new Error(`no backup: ${backup.current.phase}`);
  const { file } = backup.current;

  settings.vocabulary = '';
  settings.task = 'transcribe';
  changed.length = 0;
  await backup.open(file);
  await backup.restore((title) => title, true);
  expect(backup.current).toMatchObject({ phase: 'restored', settings: true });
  expect(settings.vocabulary).toBe('Brannoc');
  expect(settings.task).toBe('translate');
  expect(changed.toSorted()).toEqual(['task', 'vocabulary']);

  settings.keepAudio = false;
  const next = opened().settings;
  expect({ vocabulary: next.vocabulary, task: next.task, keepAudio: next.keepAudio }).toEqual({
    vocabulary: 'Brannoc',
    task: 'translate',
    keepAudio: false,
  });
});

it('set in another tab hold in this one', async () => {
  const { settings, changed } = opened();
  const other = document.createElement('iframe');
  document.body.append(other);
  scope.add(() => other.remove());
  other.contentWindow?.localStorage.setItem('sotto-settings', JSON.stringify({ languages: ['de', 'ja'] }));
  await expect.poll(() => settings.languages).toEqual(['de', 'ja']);
  expect(changed).toEqual(['languages']);
});
