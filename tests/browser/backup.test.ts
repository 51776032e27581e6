import { makeZip } from 'client-zip';
import { deleteDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { journalBlock, journalHeader } from '../../src/audio/recording/journal.ts';
import { AUDIO_FILE, JOURNAL_FILE, recordingsFolder } from '../../src/audio/recording/places.ts';
import { sha256 } from '../../src/library/backup/blob-stream.ts';
import type { Watch } from '../../src/library/backup/layout.ts';
import { makeBackup } from '../../src/library/backup/make.ts';
import { readBackup } from '../../src/library/backup/read.ts';
import { planRestore, restore } from '../../src/library/backup/restore.ts';
import type { NewSession } from '../../src/library/records.ts';
import { listRecordings, openRecording, removeRecording } from '../../src/library/recordings.ts';
import { SessionLibrary } from '../../src/library/session-library.ts';
import { failureOf, type Failure } from '../../src/platform/failure.ts';
import { Scope } from '../../src/platform/scope.ts';
import { seeded } from '../support/seeded.ts';
import { awkwardTranscript } from '../unit/formats/awkward.ts';

const random = seeded(47);
const watch: Watch = { signal: new AbortController().signal, progress: () => undefined };
const copyTitle = (title: string) => `${title} (copy)`;
/** Some seconds of sound, so that it is read in more than one stretch. */
const SAMPLES = 1_400_000;

function session(id: string, change: Partial<NewSession> = {}): NewSession {
  const version = { model: 'base', language: 'auto', task: 'transcribe', createdAt: 1, words: 0 } as const;
  return {
    ...{ id, createdAt: 1_700_000_000_000, changedAt: 1_700_000_001_000, title: null, opening: '' },
    ...{ source: { type: 'file', name: '../"a".mp3' }, durationSamples: 16_000, state: 'complete', recording: null },
    version: 'b',
    versions: [
      { id: 'a', ...version },
      { id: 'b', ...version },
    ],
    ...change,
  };
}

let scope: Scope;
let library: SessionLibrary;

async function record(id: string): Promise<void> {
  const folder = await (await recordingsFolder(true)).getDirectoryHandle(id, { create: true });
  const sound = Int16Array.from({ length: SAMPLES }, (_, sample) => (sample * 7919) % 65_536);
  const entry = { type: 'audio', sample: SAMPLES, peak: 9, atMs: 5 } as const;
  const files: readonly (readonly [string, BlobPart[]])[] = [
    [AUDIO_FILE, [sound]],
    [JOURNAL_FILE, [journalHeader(1), journalBlock(entry, 1)]],
  ];
  for (const [name, parts] of files) {
    const writer = await (await folder.getFileHandle(name, { create: true })).createWritable();
    await writer.write(new Blob(parts));
    await writer.close();
  }
}

async function wipe(): Promise<void> {
  scope.dispose();
  await deleteDB('sotto-files');
  for (const id of await listRecordings()) await removeRecording(id);
}

/** Everything that is kept, to be compared. */
async function everything() {
  const records = await library.list();
  const sessions = await Promise.all(
    records.map(async ({ revision, ...row }) => {
      expect(revision).toBeGreaterThanOrEqual(0);
      const texts = await Promise.all(row.versions.map(({ id }) => library.readTranscript(row.id, id)));
      const recording = await openRecording(row.id);
      const sound = recording === null ? null : await sha256(recording.toWav(), watch.signal, () => undefined);
      return { row, texts, sound, journal: recording?.journal ?? null };
    }),
  );
  const root = await navigator.storage.getDirectory();
  const folders: string[] = [];
  for await (const name of root.keys()) if (name !== 'recordings') folders.push(name);
  return {
    sessions: sessions.sort((a, b) => (a.row.id < b.row.id ? -1 : 1)),
    recordings: (await listRecordings()).sort(),
    folders,
  };
}

/** As the browser saves it: on its own, whatever becomes of what it was made of. */
const savedBackup = async (progress = watch.progress) => {
  const file = await makeBackup(library, 5, { ...watch, progress });
  return new Blob([await file.arrayBuffer()]);
};

const refusal = async (file: Blob): Promise<Failure | null> => {
  try {
    await readBackup(file, watch);
    return null;
  } catch (error) {
    const failure = failureOf(error);
    if (failure === null) throw error;
    return failure;
  }
};

const open = async () => {
  scope = new Scope();
  library = await SessionLibrary.open(scope, () => undefined);
};

beforeEach(async () => {
  localStorage.setItem('sotto-settings', '{"task":"translate"}');
  await open();
  await record('sounding');
  const texts = () => ({ a: awkwardTranscript(random), b: awkwardTranscript(random) });
  await library.createAll([
    { record: session('sounding', { recording: { samples: SAMPLES, bytes: 2 * SAMPLES } }), texts: texts() },
    {
      record: session('silent', { title: 'A "title"\n-->', state: 'interrupted', source: { type: 'microphone' } }),
      texts: texts(),
    },
    { record: session('recording-now', { state: 'complete' }), texts: texts() },
  ]);
});
afterEach(wipe);

it('brings everything back as it was, onto an empty device', async () => {
  const before = await everything();
  const steps: number[] = [];
  const file = await savedBackup((done: number, total: number) => void steps.push(done / total));
  expect(file.size).toBeGreaterThan(2 * SAMPLES);
  expect(Math.max(...steps)).toBeLessThanOrEqual(1);
  expect(steps.length).toBeGreaterThan(3);
  await wipe();
  await open();
  expect((await everything()).sessions).toEqual([]);
  const contents = await readBackup(file, watch);
  expect([...contents.settings]).toEqual([['sotto-settings', '{"task":"translate"}']]);
  const plan = await planRestore(library, contents);
  expect(await restore(library, plan, copyTitle, watch)).toBe(3);
  expect(await everything()).toEqual(before);
});

it('keeps what is here, leaves alone what is the same and keeps both where they differ', async () => {
  const file = await savedBackup();
  await library.save('silent', { title: 'Renamed since' });
  await library.remove('recording-now');
  const before = await everything();
  const plan = await planRestore(library, await readBackup(file, watch));
  expect([plan.same, plan.missing.length, plan.differing.map(({ record }) => record.id).sort()]).toEqual([
    ...[1, 0],
    ['recording-now', 'silent'],
  ]);
  expect(await restore(library, plan, copyTitle, watch)).toBe(2);
  const after = await everything();
  for (const kept of before.sessions) expect(after.sessions).toContainEqual(kept);
  expect(after.sessions.map(({ row }) => row.title)).toContain('A "title"\n--> (copy)');
  expect(after.sessions).toHaveLength(4);
});

describe('F47: what is no whole backup is refused by name, and nothing changes', () => {
  it('cut off anywhere', async () => {
    const file = await savedBackup();
    const before = await everything();
    for (const at of [0, 1, 3, 4, 100, file.size >> 1, file.size - 400, file.size - 22, file.size - 1]) {
      const failure = await refusal(file.slice(0, at));
      expect(failure, `${at}`).toEqual({ name: 'backup-unreadable', reason: at < 4 ? 'not-a-backup' : 'damaged' });
    }
    expect(await everything()).toEqual(before);
  });

  it('a bit turned anywhere: refused, or it meant nothing', async () => {
    await removeRecording('sounding');
    await library.save('sounding', { recording: null });
    const bytes = new Uint8Array(await (await savedBackup()).arrayBuffer());
    const whole = await readBackup(new Blob([bytes]), watch);
    let refusals = 0;
    for (let run = 0; run < 150; run++) {
      const at = Math.floor(random() * bytes.length);
      const turned = bytes.slice();
      turned[at]! ^= 1 << Math.floor(random() * 8);
      try {
        expect(await readBackup(new Blob([turned]), watch)).toEqual(whole);
      } catch (error) {
        expect(failureOf(error)?.name, `${at}: ${String(error)}`).toBe('backup-unreadable');
        refusals++;
      }
    }
    expect(refusals).toBeGreaterThan(100);
  });

  it.each([
    ['another zip', {}, 'not-a-backup'],
    ['a path that climbs', { sessions: ['../../evil'] }, 'damaged'],
    ['a newer version', { version: 2 }, 'newer-version'],
    ['the format of another', { format: 'other' }, 'not-a-backup'],
    ['an entry that is not there', { entries: [{ name: 'x', bytes: 1, sha256: '' }] }, 'damaged'],
    ['a session that is not there', { sessions: ['gone'] }, 'damaged'],
  ])('%s', async (name, change, reason) => {
    const head = { format: 'sotto-backup', version: 1, createdAt: 0, sessions: [], entries: [], ...change };
    const manifest = new Blob([JSON.stringify(head)]);
    const sum = await sha256(manifest, watch.signal, () => undefined);
    const files = [
      { name: name === 'another zip' ? '../../../etc/passwd' : 'manifest.json', input: manifest },
      { name: 'manifest.sha256', input: sum },
    ];
    expect(await refusal(await new Response(makeZip(files)).blob())).toEqual({ name: 'backup-unreadable', reason });
  });

  it('a bomb: nothing that is compressed is unpacked', async () => {
    const zeros = new Response(
      new Blob([new Uint8Array(10 ** 7)]).stream().pipeThrough(new CompressionStream('deflate-raw')),
    );
    const packed = new Uint8Array(await zeros.arrayBuffer());
    const zip = new Uint8Array(await new Response(makeZip([{ name: 'manifest.json', input: packed }])).arrayBuffer());
    const view = new DataView(zip.buffer);
    const directory = view.getUint32(zip.length - 6, true);
    view.setUint16(directory + 10, 8, true);
    view.setUint32(directory + 24, 10 ** 7, true);
    expect(await refusal(new Blob([zip]))).toEqual({ name: 'backup-unreadable', reason: 'not-a-backup' });
  });
});

describe('all or nothing', () => {
  it('cancelled in the middle: nothing has changed', async () => {
    const file = await savedBackup();
    await wipe();
    await open();
    const plan = await planRestore(library, await readBackup(file, watch));
    const before = await everything();
    const abort = new AbortController();
    const stopped = restore(library, plan, copyTitle, { signal: abort.signal, progress: () => abort.abort() });
    await expect(stopped).rejects.toThrow(/abort/i);
    expect(await everything()).toEqual(before);
  });

  it('refused by the library at the end: the sound that had come is gone again', async () => {
    const file = await savedBackup();
    await wipe();
    await open();
    const plan = await planRestore(library, await readBackup(file, watch));
    await library.create(session('silent'));
    const before = await everything();
    await expect(restore(library, plan, copyTitle, watch)).rejects.toThrow();
    expect(await everything()).toEqual(before);
  });

  it('a backup is given up at once when it is cancelled', async () => {
    const abort = new AbortController();
    const making = makeBackup(library, 5, { signal: abort.signal, progress: () => abort.abort() });
    await expect(making).rejects.toThrow(/abort/i);
  });
});
