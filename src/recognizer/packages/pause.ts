import { Scope } from '../../platform/scope.ts';

/**
 * Waits `ms` milliseconds, or until the browser says it is online again.
 * @throws the signal's reason as soon as it is aborted.
 */
export function pauseOrOnline(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const scope = new Scope();
    const abort = () => {
      scope.dispose();
      reject(signal?.reason as Error);
    };
    const wake = () => {
      scope.dispose();
      resolve();
    };
    if (signal?.aborted) {
      abort();
      return;
    }
    if (signal) scope.listen(signal, 'abort', abort);
    scope.listen(globalThis, 'online', wake);
    scope.after(ms, wake);
  });
}
