import type { Scope } from './scope.ts';

/**
 * Keeps the screen on until the scope ends, where the browser can: a locked screen ends recordings and work on phones. The browser takes
 * the lock back whenever the page is hidden, so it is asked for again when the page is seen.
 */
export function keepAwake(scope: Scope): void {
  if (!('wakeLock' in navigator)) return;
  const request = async (): Promise<void> => {
    if (scope.disposed || document.visibilityState !== 'visible') return;
    try {
      const lock = await navigator.wakeLock.request('screen');
      scope.add(() => void lock.release());
    } catch {
      // Refused (low battery, a policy): it goes on without.
    }
  };
  scope.listen(document, 'visibilitychange', () => void request());
  void request();
}
