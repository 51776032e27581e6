import { afterEach, expect, it, vi } from 'vitest';
import { deleteDB } from 'idb';
import { openDatabase } from '../../src/library/database.ts';
import { FileLibrary, type StoredFile } from '../../src/library/file-library.ts';
import type { Segment } from '../../src/transcript/transcript.ts';

const file = (id: string, order: number): StoredFile => ({
  id,
  order,
  name: `${id}.mp3`,
  bytes: 1_000,
  fingerprint: 'f'.repeat(64),
  handle: null,
  phase: 'waiting',
  resumeSample: 0,
  durationSamples: null,
  damaged: false,
  failure: null,
});

const segment = (text: string): Segment => ({
  id: text,
  startSample: 0,
  language: 'en',
  committed: [{ text, startSample: 0, endSample: 16_000, probability: 0.9 }],
  tentative: [],
  final: true,
});

const open = () => {
  const obstacles: string[] = [];
  return { library: new FileLibrary((obstacle) => obstacles.push(obstacle)), obstacles };
};

/** What is on disk, seen from outside. */
async function kept() {
  const database = await openDatabase(() => undefined);
  const [files, segments] = await Promise.all([database.getAll('files'), database.getAll('segments')]);
  database.close();
  return { files, segments };
}

const until = async (holds: () => Promise<boolean>) => {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 10));
};

afterEach(async () => {
  // The library closes when another one wants to change the database; deleting it is such a wish.
  await deleteDB('sotto-files');
});

it('writes nothing before loading has finished, then all of it in order', async () => {
  const { library, obstacles } = open();
  library.save(file('b', 1));
  library.save(file('a', 0));
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect((await kept()).files).toEqual([]);
  expect(await library.load()).toEqual([]);
  library.append({ ...file('b', 1), resumeSample: 16_000 }, 0, segment('One.'));
  library.append({ ...file('b', 1), resumeSample: 32_000 }, 1, segment('Two.'));
  await until(async () => (await kept()).segments.length === 2);
  const { files, segments } = await kept();
  expect(files.map(({ id, resumeSample }) => [id, resumeSample])).toEqual([
    ['a', 0],
    ['b', 32_000],
  ]);
  expect(segments.map((piece) => piece.segment.id)).toEqual(['One.', 'Two.']);
  expect(obstacles).toEqual([]);
});

it('leaves a file to the tab that has it', async () => {
  const first = open();
  await first.library.load();
  first.library.save(file('c', 0));
  await until(async () => (await kept()).files.length === 1);
  expect(await open().library.load()).toEqual([]);
});

it('takes away a file with all its pieces, and no other', async () => {
  const { library } = open();
  await library.load();
  library.append(file('d', 0), 0, segment('Gone.'));
  library.append(file('e', 1), 0, segment('Here.'));
  library.remove('d');
  await until(async () => (await kept()).files.map(({ id }) => id).join() === 'e');
  const { segments } = await kept();
  expect(segments.map((piece) => piece.segment.id)).toEqual(['Here.']);
});

it('stores a text no longer that is kept elsewhere, and remembers its file', async () => {
  const { library } = open();
  await library.load();
  library.append(file('h', 0), 0, segment('Twice.'));
  library.append(file('i', 1), 0, segment('Here.'));
  library.handOver({ ...file('h', 0), phase: 'done' });
  await until(async () => (await kept()).files[0]?.phase === 'done');
  const { files, segments } = await kept();
  expect(files.map(({ id }) => id)).toEqual(['h', 'i']);
  expect(segments.map((piece) => piece.segment.id)).toEqual(['Here.']);
});

it('says that nothing more is kept when the disk is full, and keeps all of it when there is space again', async () => {
  const { library, obstacles } = open();
  await library.load();
  // A browser aborts the transaction that there is no room for.
  const { transaction } = IDBDatabase.prototype;
  const full = vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (this: IDBDatabase, ...args) {
    const aborted = transaction.apply(this, args);
    queueMicrotask(() => aborted.abort());
    return aborted;
  });
  library.append(file('g', 0), 0, segment('One.'));
  await until(() => Promise.resolve(obstacles.length > 0));
  expect(obstacles).toEqual(['full']);
  full.mockRestore();
  library.append({ ...file('g', 0), resumeSample: 32_000 }, 1, segment('Two.'));
  await until(async () => (await kept()).segments.length === 2);
  const { files, segments } = await kept();
  expect(files.map(({ resumeSample }) => resumeSample)).toEqual([32_000]);
  expect(segments.map((piece) => piece.segment.id)).toEqual(['One.', 'Two.']);
});

it('F8: gives way to a newer version of the app, and says so', async () => {
  const { library, obstacles } = open();
  await library.load();
  const newer = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open('sotto-files', 99);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(new Error('it would not open'));
  });
  newer.close();
  expect(obstacles).toEqual(['outdated']);
});
