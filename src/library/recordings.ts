import { fromPcm, SAMPLE_BYTES } from '../audio/pcm.ts';
import { readJournal, type Journal } from '../audio/recording/journal.ts';
import { AUDIO_FILE, JOURNAL_FILE, recordingLock, recordingsFolder } from '../audio/recording/places.ts';
import { SAMPLE_RATE } from '../audio/units.ts';
import { wavHeader } from '../audio/wav.ts';

/** Read at once when all of a recording is looked at: a megabyte. */
const STRETCH_SAMPLES = 2 ** 19;
/** Longer buckets than this are known from the journal, which holds the loudest sample of every second. */
const JOURNAL_BUCKET_SAMPLES = 4 * SAMPLE_RATE;

/**
 * The sound of one session, 16-bit mono at 16 kHz, as it was when it was opened: one that is still being made grows behind it. Never
 * in memory as a whole.
 */
export class Recording {
  readonly id: string;
  readonly journal: Journal;
  readonly #audio: Blob;

  constructor(id: string, audio: Blob, journal: Journal) {
    this.id = id;
    this.journal = journal;
    this.#audio = audio;
  }

  /** Whole samples; half of one, left by a crash, is none. */
  get samples(): number {
    return Math.floor(this.#audio.size / SAMPLE_BYTES);
  }

  /**
   * The samples from `start` to before `end`, as far as there are any.
   * @throws DOMException `NotReadableError` or `NotFoundError` when it was removed or went on growing.
   */
  async read(start: number, end: number): Promise<Float32Array<ArrayBuffer>> {
    const from = Math.max(0, Math.min(start, this.samples));
    const to = Math.max(from, Math.min(end, this.samples));
    const part = this.#audio.slice(from * SAMPLE_BYTES, to * SAMPLE_BYTES);
    return fromPcm(new Int16Array(await part.arrayBuffer()));
  }

  /**
   * The loudest sample, 0 to 1, of each of so many parts of equal length.
   * @throws as {@link Recording.read} does.
   */
  async peaks(buckets: number): Promise<Float32Array<ArrayBuffer>> {
    const peaks = new Float32Array(buckets);
    const length = this.samples / buckets;
    const raise = (sample: number, peak: number) => {
      const bucket = Math.min(buckets - 1, Math.floor(sample / length));
      if (peak > peaks[bucket]!) peaks[bucket] = peak;
    };
    if (length >= JOURNAL_BUCKET_SAMPLES && this.journal.entries.length > 0) {
      for (const entry of this.journal.entries)
        if (entry.type === 'audio') raise(entry.sample - 1, entry.peak / 32_768);
      return peaks;
    }
    for (let from = 0; from < this.samples; from += STRETCH_SAMPLES) {
      const stretch = await this.read(from, from + STRETCH_SAMPLES);
      for (let i = 0; i < stretch.length; i++) raise(from + i, Math.abs(stretch[i]!));
    }
    return peaks;
  }

  /** A WAV file: a header before the file on disk, of which nothing is read until somebody does. */
  toWav(): Blob {
    const audio = this.#audio.slice(0, this.samples * SAMPLE_BYTES);
    return new Blob([wavHeader(this.samples), audio], { type: 'audio/wav' });
  }

  /** On disk, its journal not counted. */
  bytes(): number {
    return this.#audio.size;
  }
}

interface RecordingBlobs {
  readonly audio: Blob;
  readonly journal: Blob;
}

/** Recordings of this page where the browser gives no files (F18). */
const inMemory = new Map<string, RecordingBlobs>();

/** Has a recording that could not be kept on disk for as long as the page lasts. */
export function holdInMemory(id: string, files: RecordingBlobs): void {
  inMemory.set(id, files);
}

/** @returns `null` when there is no such recording, or a newer version of the app made it. */
export async function openRecording(id: string): Promise<Recording | null> {
  const held = inMemory.get(id);
  if (held !== undefined) return recordingOf(id, held);
  try {
    const folder = await (await recordingsFolder(false)).getDirectoryHandle(id);
    const audio = await fileIn(folder, AUDIO_FILE);
    // A journal that is not there is one of which nothing can be read.
    const journal = await fileIn(folder, JOURNAL_FILE).catch(() => new Blob());
    return await recordingOf(id, { audio, journal });
  } catch {
    return null;
  }
}

const fileIn = async (folder: FileSystemDirectoryHandle, name: string): Promise<File> =>
  (await folder.getFileHandle(name)).getFile();

async function recordingOf(id: string, { audio, journal }: RecordingBlobs): Promise<Recording | null> {
  const read = readJournal(new Uint8Array(await journal.arrayBuffer()));
  return read === 'newer' ? null : new Recording(id, audio, read);
}

/** The journal as it lies on the disk; empty when there is none. */
export async function journalFile(id: string): Promise<Blob> {
  try {
    const folder = await (await recordingsFolder(false)).getDirectoryHandle(id);
    return await (await folder.getFileHandle(JOURNAL_FILE)).getFile();
  } catch {
    return new Blob();
  }
}

/** Names of all recordings, in no order. */
export async function listRecordings(): Promise<string[]> {
  try {
    const ids: string[] = [];
    for await (const [id, handle] of (await recordingsFolder(false)).entries())
      if (handle.kind === 'directory') ids.push(id);
    return ids;
  } catch {
    return [];
  }
}

/**
 * Takes a recording away; harmless when there is none.
 * @throws DOMException `NoModificationAllowedError` while a tab writes to it.
 */
export async function removeRecording(id: string): Promise<void> {
  inMemory.delete(id);
  try {
    await (await recordingsFolder(false)).removeEntry(id, { recursive: true });
  } catch (error) {
    if (!(error instanceof DOMException) || error.name === 'NoModificationAllowedError') throw error;
  }
}

/** Which recordings a tab has in hand now: it records them, or writes down what is left of them. */
export async function recordingsInHand(): Promise<ReadonlySet<string>> {
  const { held = [] } = await navigator.locks.query();
  const prefix = recordingLock('');
  return new Set(held.flatMap(({ name = '' }) => (name.startsWith(prefix) ? [name.slice(prefix.length)] : [])));
}

/** Whether this browser lets us keep sound, as far as the page can tell (F18: private windows). */
export async function canKeepRecordings(): Promise<boolean> {
  try {
    await navigator.storage.getDirectory();
    return true;
  } catch {
    return false;
  }
}
