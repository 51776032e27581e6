/** Sessions as the app keeps them, put into its storage from outside: what somebody recorded last month. */
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { journalBlock, journalHeader, type JournalEntry } from '../../../src/audio/recording/journal.ts';
import { SAMPLE_RATE } from '../../../src/audio/units.ts';
import { PIECE_SEGMENTS, type SessionRecord } from '../../../src/library/records.ts';
import { passageOf } from '../../../src/library/search/passage.ts';
import { openingOf, wordCount } from '../../../src/library/summary.ts';
import type { Transcript } from '../../../src/transcript/transcript.ts';
import { readWav } from '../../fixtures/wav.ts';

export interface Placed {
  readonly transcript: Transcript;
  readonly title?: string;
  readonly source?: SessionRecord['source'];
  /** At 16 kHz. */
  readonly sound?: Float32Array;
  readonly state?: SessionRecord['state'];
  readonly durationSamples?: number;
}

/** The recordings of the fixtures, one after the other. */
export function soundOf(...fixtures: readonly string[]): Float32Array {
  const sounds = fixtures.map((id) => readWav(join(import.meta.dirname, `../../fixtures/${id}.wav`)));
  const whole = new Float32Array(sounds.reduce((sum, { samples }) => sum + samples.length, 0));
  let at = 0;
  for (const { samples, sampleRate } of sounds) {
    if (sampleRate !== SAMPLE_RATE) throw new Error(`a fixture at ${sampleRate} Hz`);
    whole.set(samples, at);
    at += samples.length;
  }
  return whole;
}

/** Puts a session into the storage of the app that is open in `page`. @returns its id. */
export async function place(page: Page, placed: Placed): Promise<string> {
  const { transcript, title = null, source = { type: 'microphone' }, sound, state = 'complete' } = placed;
  const id = crypto.randomUUID();
  const createdAt = Date.UTC(2026, 2, 1, 14, 5);
  const samples = sound?.length ?? 0;
  const words = wordCount(transcript);
  const record: SessionRecord = {
    id,
    createdAt,
    changedAt: createdAt,
    revision: 0,
    title,
    opening: openingOf(transcript),
    source,
    durationSamples: placed.durationSamples ?? samples,
    state,
    recording: sound === undefined ? null : { samples, bytes: 2 * samples },
    version: '1',
    versions: [{ id: '1', model: 'base', language: 'en', task: 'transcribe', createdAt, words }],
  };
  const pieces = Array.from({ length: Math.ceil(transcript.segments.length / PIECE_SEGMENTS) }, (_, index) => {
    const segments = transcript.segments.slice(index * PIECE_SEGMENTS, (index + 1) * PIECE_SEGMENTS);
    const { text, offsets, starts } = passageOf(segments);
    return { segments, text, offsets: [...offsets], starts: [...starts] };
  });
  const pcm = Buffer.alloc(2 * samples);
  sound?.forEach((sample, i) =>
    pcm.writeInt16LE(Math.max(-32_768, Math.min(32_767, Math.round(sample * 32_768))), 2 * i),
  );
  const journal = Buffer.concat(journalOf(sound ?? new Float32Array(), createdAt));
  const files = sound === undefined ? null : { pcm: pcm.toString('base64'), journal: journal.toString('base64') };
  // The app makes its database when its library is first opened.
  await page.evaluate(() => (location.hash = '#/library'));
  await page.getByRole('heading', { name: 'Library' }).waitFor();
  await page.evaluate(keep, { record, pieces, files });
  return id;
}

/** Opens a session as a link does. */
export async function open(page: Page, id: string, search = ''): Promise<void> {
  await page.evaluate(() => (location.hash = '#/'));
  // What was put into the storage from outside is read when the page is.
  await page.reload();
  await page.evaluate((hash) => (location.hash = hash), `#/session/${id}${search}`);
  await page.getByRole('region', { name: 'Transcript' }).waitFor();
}

function journalOf(sound: Float32Array, startedAt: number): Uint8Array[] {
  const blocks: Uint8Array[] = [journalHeader(startedAt)];
  const add = (entry: JournalEntry) => blocks.push(journalBlock(entry, blocks.length));
  for (let from = 0; from < sound.length; from += SAMPLE_RATE) {
    const second = sound.subarray(from, from + SAMPLE_RATE);
    const peak = Math.round(second.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0) * 32_768);
    add({ type: 'audio', sample: from + second.length, peak, atMs: 0 });
  }
  add({ type: 'finished', sample: sound.length, atMs: 0 });
  return blocks;
}

interface Kept {
  readonly record: SessionRecord;
  readonly pieces: readonly {
    readonly segments: readonly object[];
    readonly text: string;
    readonly offsets: readonly number[];
    readonly starts: readonly number[];
  }[];
  readonly files: { readonly pcm: string; readonly journal: string } | null;
}

/** In the page. */
async function keep({ record, pieces, files }: Kept): Promise<void> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open('sotto-files');
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(new Error('no database'));
  });
  const transaction = database.transaction(['sessions', 'texts', 'passages'], 'readwrite');
  transaction.objectStore('sessions').put(record);
  for (const [index, { segments, text, offsets, starts }] of pieces.entries()) {
    const key = { session: record.id, version: record.version, index };
    transaction.objectStore('texts').put({ ...key, segments });
    const passage = { text, offsets: Uint32Array.from(offsets), starts: Uint32Array.from(starts) };
    transaction.objectStore('passages').put({ ...key, ...passage });
  }
  await new Promise((resolve) => (transaction.oncomplete = resolve));
  database.close();
  if (files === null) return;
  const root = await navigator.storage.getDirectory();
  const recordings = await root.getDirectoryHandle('recordings', { create: true });
  const folder = await recordings.getDirectoryHandle(record.id, { create: true });
  for (const [name, content] of [
    ['audio.pcm', files.pcm],
    ['journal', files.journal],
  ] as const) {
    const writable = await (await folder.getFileHandle(name, { create: true })).createWritable();
    await writable.write(Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0)));
    await writable.close();
  }
}
