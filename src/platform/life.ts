/**
 * Whether a thread still lives. A worker that the browser ended (no memory, `close()`, a lost process) says nothing, and neither
 * does the browser; but a Web Lock that it held is free then. It takes a lock that bears a name of its own for good and tells
 * the name; whoever wants to know waits for that lock.
 */
import type { Scope } from './scope.ts';

/**
 * Call it in the thread that is to be watched.
 * @returns the lock's name when it is held; never, where the browser gives no locks (with storage blocked, F18).
 */
export function holdLife(): Promise<string> {
  const name = `sotto-life ${crypto.randomUUID()}`;
  return new Promise((held) => {
    navigator.locks
      .request(name, () => {
        held(name);
        return new Promise(() => undefined);
      })
      .catch(() => undefined);
  });
}

/** Calls `ended` when the thread that holds the lock has ended, unless the scope ends before. */
export function whenEnded(scope: Scope, name: string, ended: () => void): void {
  const waiting = new AbortController();
  scope.add(() => waiting.abort());
  navigator.locks
    .request(name, { signal: waiting.signal }, () => {
      if (!scope.disposed) ended();
    })
    .catch(() => undefined);
}
