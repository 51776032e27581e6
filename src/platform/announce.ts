import type { Scope } from './scope.ts';

/** Finished since the page was last seen. */
let unseen = 0;

/** Whether the person was never asked, and may be. */
export const mayAskToTell = (): boolean => 'Notification' in globalThis && Notification.permission === 'default';

/** Asks for leave to show notifications. Call it from a press. */
export async function askToTell(): Promise<void> {
  await Notification.requestPermission().catch(() => 'denied');
}

/**
 * Says that something is done to a person who is looking elsewhere: a count on the app's icon and, if they have allowed that, a
 * notification. Does nothing while the page is seen.
 */
export function tellWhenHidden(scope: Scope, title: string): void {
  if (document.visibilityState === 'visible') return;
  unseen++;
  badge(unseen);
  const forget = (): void => {
    unseen = 0;
    badge(0);
  };
  scope.listen(document, 'visibilitychange', forget, { once: true });
  if (!('Notification' in globalThis) || Notification.permission !== 'granted') return;
  try {
    new Notification(title, { tag: 'sotto-done' });
  } catch {
    // Chromium on Android lets only service workers show them.
  }
}

/** A count on the app's icon, where there is one; 0 takes it away. */
function badge(count: number): void {
  if ('setAppBadge' in navigator) void navigator.setAppBadge(count).catch(() => undefined);
}
