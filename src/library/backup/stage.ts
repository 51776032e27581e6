import { AUDIO_FILE, JOURNAL_FILE, recordingsFolder } from '../../audio/recording/places.ts';
import { stretches } from './blob-stream.ts';

/** Where recordings lie until all of them are there: nobody looks for sessions here. */
const FOLDER = 'restoring';
const WAV_HEADER_BYTES = 44;

/** What TypeScript does not know yet: a file in the origin's own file system moves at once. */
interface Movable {
  move(folder: FileSystemDirectoryHandle, name: string): Promise<void>;
}

/** Takes away what a restore has left that was cut short. */
export async function emptyStage(): Promise<void> {
  const root = await navigator.storage.getDirectory();
  await root.removeEntry(FOLDER, { recursive: true }).catch(() => undefined);
}

/**
 * Writes the sound of a session where nobody sees it yet.
 * @throws DOMException `AbortError`; `QuotaExceededError` when the disk is full.
 */
export async function stage(
  id: string,
  { wav, journal }: { readonly wav: Blob; readonly journal: Blob },
  signal: AbortSignal,
  passed: (bytes: number) => void,
): Promise<void> {
  const root = await navigator.storage.getDirectory();
  const folder = await (
    await root.getDirectoryHandle(FOLDER, { create: true })
  ).getDirectoryHandle(id, { create: true });
  await copy(folder, AUDIO_FILE, wav.slice(WAV_HEADER_BYTES), signal, passed);
  await copy(folder, JOURNAL_FILE, journal, signal, passed);
}

/** Moves everything that was staged to where recordings are. Takes no time, whatever their size. */
export async function publishStage(ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const root = await navigator.storage.getDirectory();
  const staged = await root.getDirectoryHandle(FOLDER);
  const recordings = await recordingsFolder(true);
  for (const id of ids) {
    const from = await staged.getDirectoryHandle(id);
    const to = await recordings.getDirectoryHandle(id, { create: true });
    // The sound last: without it there is no recording.
    for (const name of [JOURNAL_FILE, AUDIO_FILE]) {
      const file = (await from.getFileHandle(name)) as FileSystemFileHandle & Movable;
      await file.move(to, name);
    }
  }
}

async function copy(
  folder: FileSystemDirectoryHandle,
  name: string,
  content: Blob,
  signal: AbortSignal,
  passed: (bytes: number) => void,
): Promise<void> {
  const file = await folder.getFileHandle(name, { create: true });
  const writer = await file.createWritable();
  try {
    for await (const stretch of stretches(content, signal)) {
      await writer.write(stretch);
      passed(stretch.byteLength);
    }
  } catch (error) {
    await writer.abort().catch(() => undefined);
    throw error;
  }
  await writer.close();
}
