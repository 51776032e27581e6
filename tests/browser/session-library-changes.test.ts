import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/library/database.ts';
import type { LibraryChange } from '../../src/library/library-channel.ts';
import { transcriptOf } from '../unit/formats/spoken.ts';
import { beginEmpty, GARDEN, HARBOUR, record, tab } from './session-tabs.ts';

beginEmpty();

describe('autosave', () => {
  it('writes the pieces that have changed, and no others', async () => {
    const library = await tab();
    const long = transcriptOf(...Array.from({ length: 640 }, (_, i) => ({ text: `Line ${i}.`, at: i * 4 })));
    await library.create(record('a'), long);
    const segments = long.segments.with(300, { ...long.segments[300]!, committed: GARDEN.segments[0]!.committed });
    const database = await openDatabase(() => undefined);
    // What is not written again is what somebody else put there.
    const other = { session: 'a', version: '1', index: 0, segments: HARBOUR.segments };
    await database.put('texts', other);
    await library.writeTranscript('a', '1', { segments });
    expect(await database.get('texts', ['a', '1', 0])).toEqual(other);
    const [, ...rest] = await database.getAll('texts');
    expect(rest.flatMap((piece) => piece.segments)).toEqual(segments.slice(64));
    database.close();
  });

  it('of a text that another tab has changed writes all of it: never a mixture of two', async () => {
    const [here, there] = [await tab(), await tab()];
    const lines = Array.from({ length: 200 }, (_, i) => ({ text: `Line ${i}.`, at: i * 4 }));
    await here.create(record('a'), transcriptOf(...lines));
    const mine = (await here.readTranscript('a'))!;
    const theirs = (await there.readTranscript('a'))!;
    await there.writeTranscript('a', '1', { segments: theirs.segments.toSpliced(3, 50) });
    const segments = mine.segments.with(199, { ...mine.segments[199]!, committed: GARDEN.segments[0]!.committed });
    await here.writeTranscript('a', '1', { segments });
    expect(await there.readTranscript('a')).toEqual({ segments });
    expect(await (await tab()).readTranscript('a')).toEqual({ segments });
  });

  it('does not bring back what was removed', async () => {
    const library = await tab();
    await library.create(record('a'), GARDEN);
    await library.remove('a');
    expect(await library.writeTranscript('a', '1', HARBOUR)).toBeNull();
    expect(await library.save('a', { title: 'Back' })).toBeNull();
    expect(await library.get('a')).toBeNull();
  });
});

describe('two tabs', () => {
  it('stay in step: what is made, renamed, written, removed and brought back in one is told in the other', async () => {
    const [here, there] = [await tab(), await tab()];
    const told: LibraryChange[] = [];
    const own: LibraryChange[] = [];
    there.onChange((change) => told.push(change));
    here.onChange((change) => own.push(change));
    await here.create(record('a'), GARDEN);
    await here.save('a', { title: 'Roses' });
    await here.writeTranscript('a', '1', HARBOUR);
    await here.remove('a');
    await here.restore('a');
    await expect.poll(() => told.length).toBe(5);
    expect(told.map(({ record: row, text }) => [row?.title ?? row?.opening ?? 'removed', text])).toEqual([
      ['The garden needs water. So do the roses.', '1'],
      ['Roses', null],
      ['Roses', '1'],
      ['removed', '1'],
      ['Roses', '1'],
    ]);
    expect(told.every(({ elsewhere }) => elsewhere)).toBe(true);
    expect(own.map(({ elsewhere }) => elsewhere)).toEqual(Array(5).fill(false));
  });

  it('never undo each other’s changes', async () => {
    const [here, there] = [await tab(), await tab()];
    await here.create(record('a'), GARDEN);
    await Promise.all([
      here.save('a', { title: 'Roses' }),
      there.writeTranscript('a', '1', HARBOUR, { durationSamples: 5 }),
      here.save('a', { recording: { samples: 5, bytes: 10 } }),
    ]);
    expect(await there.get('a')).toMatchObject({
      title: 'Roses',
      durationSamples: 5,
      recording: { samples: 5, bytes: 10 },
      opening: '港へ行く。',
      revision: 3,
    });
  });
});

describe('search', () => {
  it('looks through all sessions, and sees what has changed', async () => {
    const library = await tab();
    await library.create(record('a'), GARDEN);
    await library.create(record('b', { createdAt: 1_700_000_000_001 }), HARBOUR);
    await library.create(record('c', { title: 'Roses and harbours', createdAt: 1_700_000_000_002 }));
    const search = async (query: string) => {
      const found = await library.search(await library.list(), query);
      return found?.results.map(({ record: { id }, found: hits }) => `${id} ${hits?.count ?? 'title'}`);
    };
    expect(await search('ROSES')).toEqual(['c title', 'a 1']);
    expect(await search('行く')).toEqual(['b 1']);
    expect(await search('nowhere')).toEqual([]);
    expect(await search(' ')).toBeUndefined();
    await library.writeTranscript('a', '1', HARBOUR);
    expect(await search('行く')).toEqual(['b 1', 'a 1']);
    expect(await search('roses')).toEqual(['c title']);
    await library.remove('b');
    expect(await search('行く')).toEqual(['a 1']);
  });

  it('F34: through hundreds of sessions, eight hours in all, takes less than 50 ms', async () => {
    const library = await tab();
    const words = 'the harbour was quiet and we spoke about boats for the rest of this long day'.split(' ');
    const entries = Array.from({ length: 480 }, (_, session) => {
      const lines = Array.from({ length: 10 }, (__, line) => ({
        text: Array.from({ length: 16 }, (___, i) => words[(session * 7 + line * 3 + i) % words.length]!).join(' '),
        at: line * 6,
      }));
      return { record: record(`s${session}`, { createdAt: session }), texts: { '1': transcriptOf(...lines) } };
    });
    await library.createAll(entries);
    const records = await library.list();
    await library.prepareSearch(records);
    const times: number[] = [];
    for (const query of ['h', 'har', 'harbour', 'about boats', 'boats quiet', 'nothing like it']) {
      const began = performance.now();
      const found = await library.search(records, query);
      times.push(performance.now() - began);
      expect(found?.sessions).toBe(query.startsWith('nothing') ? 0 : 480);
    }
    expect(Math.max(...times), times.join(', ')).toBeLessThan(50);
  });
});
