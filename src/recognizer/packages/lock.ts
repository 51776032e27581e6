import { Scope } from '../../platform/scope.ts';
import { PARTS_URL } from './location.ts';
import type { PackageId } from './manifest.ts';

const LOOK_EVERY_MS = 500;

/**
 * Runs `task` while no other thread or tab works on the same package (F15). A tab that dies gives its turn away.
 * @param whileWaiting called now and then until the turn has come.
 * @throws the signal's reason when it is aborted before the turn has come.
 */
export async function exclusively<T>(
  id: PackageId,
  signal: AbortSignal | undefined,
  whileWaiting: (waiting: Scope) => void,
  task: () => Promise<T>,
): Promise<T> {
  const waiting = new Scope();
  waiting.every(LOOK_EVERY_MS, () => whileWaiting(waiting));
  try {
    return await navigator.locks.request(`sotto-package ${PARTS_URL}${id}`, signal ? { signal } : {}, () => {
      waiting.dispose();
      return task();
    });
  } finally {
    waiting.dispose();
  }
}
