/** Where recordings lie in the origin's private file system, and what their tabs hold. */
const FOLDER = 'recordings';

/** 16-bit mono at 16 kHz, appended. */
export const AUDIO_FILE = 'audio.pcm';
export const JOURNAL_FILE = 'journal';

/** Web Lock of the tab that records or transcribes a recording; the browser takes it back when the tab dies. */
export const recordingLock = (id: string): string => `sotto-recording:${id}`;

/**
 * The folder of all recordings.
 * @throws DOMException where the browser keeps no files: `SecurityError` in private windows, `NotFoundError` when there is no folder.
 */
export async function recordingsFolder(create: boolean): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  return root.getDirectoryHandle(FOLDER, { create });
}
