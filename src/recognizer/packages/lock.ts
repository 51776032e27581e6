import { Scope } from '../../platform/scope.ts';
import { PARTS_URL } from './location.ts';
import type { PackageId } from './manifest.ts';

const LOOK_EVERY_MS = 500;

/**
 * Runs `task` while no other thread or tab works on the same package (F15). A tab that dies gives its turn away. A browser that
 * blocks storage refuses locks, too (F18): then nothing is shared, and the turn comes at once.
 * @param whileWaiting called now and then until the turn has come.
 * @throws the signal's reason when it is aborted before the turn has come.
 */
export async function exclusively<T>(
  id: PackageId,
  signal: AbortSignal | undefined,
  whileWaiting: (waiting: Scope) => void,
  task: () => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted();
  const waiting = new Scope();
  waiting.every(LOOK_EVERY_MS, () => whileWaiting(waiting));
  const turn = async (): Promise<T> => {
    waiting.dispose();
    signal?.throwIfAborted();
    return task();
  };
  try {
    return await Promise.race([
      navigator.locks.request(`sotto-package ${PARTS_URL}${id}`, turn),
      abortedBefore(waiting, signal),
    ]);
  } catch (error) {
    if (waiting.disposed || !(error instanceof DOMException) || error.name !== 'SecurityError') throw error;
    return await turn();
  } finally {
    waiting.dispose();
  }
}

/**
 * Rejects when the signal is aborted while one waits. A lock can take the signal itself, but Chromium 156 loses an abort that
 * comes while the request is on its way; ours stays in the queue instead, and its turn ends as soon as it comes.
 */
function abortedBefore(waiting: Scope, signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    if (signal) waiting.listen(signal, 'abort', () => reject(signal.reason as Error));
  });
}
