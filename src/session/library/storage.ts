import type { SessionRecord } from '../../library/records.ts';
import type { LibraryStorage } from '../library-state.ts';

/** What is kept in this browser; `null` where it does not say. */
export async function measureStorage(sessions: readonly SessionRecord[]): Promise<LibraryStorage | null> {
  try {
    const { usage = 0, quota = 0 } = await navigator.storage.estimate();
    const recordingBytes = sessions.reduce((sum, { recording }) => sum + (recording?.bytes ?? 0), 0);
    return { usedBytes: Math.max(usage, recordingBytes), freeBytes: Math.max(0, quota - usage), recordingBytes };
  } catch {
    return null;
  }
}
