import { openDB } from 'idb';
import { describe, expect, it } from 'vitest';
import { FileLibrary } from '../../src/library/file-library.ts';
import { holdSession } from '../../src/library/session-lock.ts';
import { Scope } from '../../src/platform/scope.ts';
import { beginEmpty, closeTabs, count, GARDEN, HARBOUR, record, tab } from './session-tabs.ts';

const NAME = 'sotto-files';

beginEmpty();

describe('the database', () => {
  it('F8: of the version before keeps its queue, and gets room for sessions', async () => {
    const old = await openDB(NAME, 1, {
      upgrade(database) {
        database.createObjectStore('files', { keyPath: 'id' });
        database.createObjectStore('segments', { keyPath: ['file', 'index'] });
      },
    });
    const segment = GARDEN.segments[0]!;
    const file = { id: 'f', order: 0, name: 'talk.mp3', bytes: 9, fingerprint: null, handle: null, phase: 'paused' };
    await old.put('files', { ...file, resumeSample: 5, durationSamples: null, damaged: false, failure: null });
    await old.put('segments', { file: 'f', index: 0, segment });
    old.close();

    const library = await tab();
    await library.create(record('a'), GARDEN);
    const queue = await new FileLibrary(() => undefined).load();
    expect(queue.map(({ file: { name }, segments }) => [name, segments])).toEqual([['talk.mp3', [segment]]]);
    expect(await library.readTranscript('a')).toEqual(GARDEN);
  });

  it('F8: of an old tab gives way to this one, which that tab is told', async () => {
    let told = false;
    const old = await openDB(NAME, 1, {
      upgrade(database) {
        database.createObjectStore('files', { keyPath: 'id' });
        database.createObjectStore('segments', { keyPath: ['file', 'index'] });
      },
      blocking() {
        told = true;
        old.close();
      },
    });
    await tab();
    expect(told).toBe(true);
  });

  it('F8: of a newer version is left alone', async () => {
    (await openDB(NAME, 99)).close();
    await expect(tab()).rejects.toMatchObject({ name: 'VersionError' });
  });
});

describe('a session', () => {
  it('is kept with its text; what follows from the text is in its row', async () => {
    const library = await tab();
    await library.create(record('a'), GARDEN);
    expect(await library.get('a')).toMatchObject({
      opening: 'The garden needs water. So do the roses.',
      versions: [{ words: 8 }],
      revision: 0,
    });
    expect(await library.readTranscript('a')).toEqual(GARDEN);
    expect(await library.readTranscript('a', '2')).toBeNull();
    expect(await library.readTranscript('b')).toBeNull();
  });

  it('keeps every version of its text', async () => {
    const library = await tab();
    await library.create(record('a'), GARDEN);
    const summary = { ...record('a').versions[0]!, id: '2', model: 'small' as const };
    await library.addVersion('a', summary, HARBOUR);
    expect(await library.readTranscript('a')).toEqual(HARBOUR);
    await library.save('a', { version: '1' });
    expect(await library.readTranscript('a')).toEqual(GARDEN);
    expect((await library.get('a'))?.versions.map(({ model, words }) => [model, words])).toEqual([
      ['base', 8],
      ['small', 5],
    ]);
  });

  it('comes in with all others or not at all', async () => {
    const library = await tab();
    await library.create(record('b'), HARBOUR);
    const entries = ['a', 'b', 'c'].map((id) => ({ record: record(id), texts: { '1': GARDEN } }));
    await expect(library.createAll(entries)).rejects.toMatchObject({ name: 'ConstraintError' });
    expect((await library.list()).map(({ id }) => id)).toEqual(['b']);
    expect(await library.readTranscript('b')).toEqual(HARBOUR);
    expect(await count('texts')).toBe(1);
  });

  it('is listed by when it was made, the latest first, whatever the clock said when it was changed (F9)', async () => {
    const library = await tab();
    for (const [id, createdAt] of [
      ['a', 2],
      ['b', 3],
      ['c', 1],
    ] as const)
      await library.create(record(id, { createdAt }));
    await library.save('c', { title: 'Changed last' });
    expect((await library.list()).map(({ id }) => id)).toEqual(['b', 'a', 'c']);
  });

  it('F31: that a dead tab was recording is interrupted, and its text is there', async () => {
    const library = await tab();
    const release = holdSession('alive');
    await library.create(record('alive', { state: 'recording' }), HARBOUR);
    await library.create(record('dead', { state: 'recording' }), GARDEN);
    const states = Object.fromEntries((await library.list()).map(({ id, state }) => [id, state]));
    expect(states).toEqual({ alive: 'recording', dead: 'interrupted' });
    expect(await library.readTranscript('dead')).toEqual(GARDEN);
    release();
  });

  it('F45: whose file has a hostile name keeps it as it is', async () => {
    const library = await tab();
    const name = `<img src=x onerror=alert(1)>\u202Egpj.${'x'.repeat(300)}`;
    await library.create(record('a', { source: { type: 'file', name } }), GARDEN);
    expect((await library.get('a'))?.source).toEqual({ type: 'file', name });
  });
});

describe('removing', () => {
  it('can be taken back', async () => {
    const library = await tab();
    await library.create(record('a'), GARDEN);
    expect(await library.remove('a')).toBe(true);
    expect(await library.list()).toEqual([]);
    expect(await library.knows('a')).toBe(true);
    expect(await library.restore('a')).toBe(true);
    expect(await library.readTranscript('a')).toEqual(GARDEN);
    await library.purge('a');
    expect(await library.get('a')).not.toBeNull();
  });

  it('for good leaves nothing of it, and all of the others', async () => {
    const library = await tab();
    await library.create(record('a'), GARDEN);
    await library.create(record('ab'), HARBOUR);
    await library.remove('a');
    await library.purge('a');
    expect(await library.knows('a')).toBe(false);
    expect(await count('texts')).toBe(1);
    expect(await count('passages')).toBe(1);
    expect(await library.readTranscript('ab')).toEqual(HARBOUR);
  });

  it('is made final at the next start, when no other tab may want to take it back', async () => {
    const first = new Scope();
    await (await tab(first)).create(record('a'), GARDEN);
    const library = await tab();
    await library.remove('a');
    await tab();
    expect(await library.knows('a')).toBe(true);
    first.dispose();
    closeTabs();
    await expect.poll(async () => (await tab()).knows('a')).toBe(false);
    expect(await count('texts')).toBe(0);
  });

  it('is refused for a session that is being recorded', async () => {
    const library = await tab();
    await library.create(record('a', { state: 'recording' }), GARDEN);
    expect(await library.remove('a')).toBe(false);
    expect(await library.get('a')).not.toBeNull();
  });
});
