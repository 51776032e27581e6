import { AUDIO_FILE, JOURNAL_FILE, recordingLock, recordingsFolder } from '../../../src/audio/recording/places.ts';
import type { RecordingFile, RecordingFiles } from './recorder.ts';

/** A tab that has crashed still has its files for a moment. */
const BUSY_RETRY_MS = [100, 300, 1_000, 3_000] as const;

/**
 * The files of a recording, made when there are none; they, and the lock that says so, are ours until both are closed.
 * @throws DOMException where the browser keeps no files, or another tab has these.
 */
export async function openRecordingFiles(id: string): Promise<RecordingFiles> {
  // Before there is anything: a tab that looks for recordings that broke off leaves this one alone.
  const release = await holdLock(recordingLock(id));
  try {
    const folder = await (await recordingsFolder(true)).getDirectoryHandle(id, { create: true });
    const audio = await openFile(folder, AUDIO_FILE);
    const journal = await openFile(folder, JOURNAL_FILE).catch((error: unknown) => {
      audio.close();
      throw error;
    });
    return { audio: closing(audio, () => undefined), journal: closing(journal, release), place: 'disk' };
  } catch (error) {
    release();
    throw error;
  }
}

async function openFile(folder: FileSystemDirectoryHandle, name: string): Promise<FileSystemSyncAccessHandle> {
  const file = await folder.getFileHandle(name, { create: true });
  for (const retryMs of BUSY_RETRY_MS) {
    try {
      return await file.createSyncAccessHandle();
    } catch (error) {
      if (!isBusy(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, retryMs));
    }
  }
  return file.createSyncAccessHandle();
}

const isBusy = (error: unknown): boolean =>
  error instanceof DOMException && error.name === 'NoModificationAllowedError';

/** @returns what releases it; at once when it cannot be had: the files have a lock of their own. */
function holdLock(name: string): Promise<() => void> {
  return new Promise((resolve) => {
    const hold = () => new Promise<void>((release) => resolve(release));
    navigator.locks.request(name, { ifAvailable: true }, hold).catch(() => resolve(() => undefined));
  });
}

/** A file that does something more when it is closed. */
const closing = (file: FileSystemSyncAccessHandle, then: () => void): RecordingFile => ({
  write: (bytes, options) => file.write(bytes, options),
  flush: () => file.flush(),
  truncate: (size) => file.truncate(size),
  getSize: () => file.getSize(),
  close: () => {
    file.close();
    then();
  },
});
