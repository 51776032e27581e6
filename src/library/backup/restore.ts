import { FailureError } from '../../platform/failure.ts';
import { removeRecording } from '../recordings.ts';
import type { NewEntry, SessionLibrary } from '../session-library.ts';
import type { Watch } from './layout.ts';
import type { BackedUp, Backup } from './read.ts';
import { emptyStage, publishStage, stage } from './stage.ts';

/** What a restore would do. */
export interface RestorePlan {
  /** Not in the library. */
  readonly missing: readonly BackedUp[];
  /** In the library with the same id, and changed since, here or there: both are kept. */
  readonly differing: readonly BackedUp[];
  /** In the library as they are. */
  readonly same: number;
}

/** Compares a backup with what is here. Nothing is written. @throws DOMException when the library cannot be read. */
export async function planRestore(library: SessionLibrary, { sessions }: Backup): Promise<RestorePlan> {
  const missing: BackedUp[] = [];
  const differing: BackedUp[] = [];
  for (const session of sessions) {
    const { id, changedAt } = session.record;
    const here = await library.get(id);
    if (here === null && !(await library.knows(id))) missing.push(session);
    else if (here?.changedAt !== changedAt) differing.push(session);
  }
  return { missing, differing, same: sessions.length - missing.length - differing.length };
}

/**
 * Takes the sessions of a plan into the library, all of them or none: sound is written where nobody looks, then moved at once, then
 * one transaction makes all of it known. What is here already stays as it is.
 * @param copyTitle names a session that is here under the same id, beside it.
 * @returns how many sessions came.
 * @throws FailureError `backup-too-large`; DOMException `AbortError` and whatever the browser refuses with. Nothing has changed then.
 */
export async function restore(
  library: SessionLibrary,
  plan: RestorePlan,
  copyTitle: (title: string) => string,
  { signal, progress }: Watch,
): Promise<number> {
  const copies = plan.differing.map(({ record, ...rest }) => ({
    ...rest,
    record: { ...record, id: crypto.randomUUID(), title: copyTitle(record.title ?? record.opening) },
  }));
  const sessions = [...plan.missing, ...copies];
  const totalBytes = sessions.reduce(
    (sum, { sound }) => sum + (sound === null ? 0 : sound.wav.size + sound.journal.size),
    0,
  );
  await checkSpace(totalBytes);
  const staged: string[] = [];
  let doneBytes = 0;
  try {
    await emptyStage();
    for (const { record, sound } of sessions) {
      if (sound === null) continue;
      await stage(record.id, sound, signal, (bytes) => progress((doneBytes += bytes), totalBytes));
      staged.push(record.id);
    }
    signal.throwIfAborted();
    await publishStage(staged);
    await library.createAll(sessions.map(({ record, texts }): NewEntry => ({ record, texts })));
  } catch (error) {
    for (const id of staged) await removeRecording(id);
    await checkSpace(totalBytes - doneBytes, isFull(error));
    throw error;
  } finally {
    await emptyStage();
  }
  return sessions.length;
}

const isFull = (error: unknown): boolean => error instanceof DOMException && error.name === 'QuotaExceededError';

/** @throws FailureError `backup-too-large` when there is less space than needed, or the disk has said so already. */
async function checkSpace(neededBytes: number, full = false): Promise<void> {
  const { quota = Infinity, usage = 0 } = await navigator.storage.estimate();
  const freeBytes = Math.max(0, quota - usage);
  if (full || (neededBytes > 0 && neededBytes > freeBytes))
    throw new FailureError({ name: 'backup-too-large', neededBytes, freeBytes });
}
