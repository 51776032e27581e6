/** Finished since the page was last seen. */
let unseen = 0;

/**
 * Says that something is done to a person who is looking elsewhere: a count on the app's icon and, if they have allowed that at
 * some time, a notification. Never asks. Does nothing while the page is seen.
 */
export function tellWhenHidden(title: string): void {
  if (document.visibilityState === 'visible') return;
  unseen++;
  void navigator.setAppBadge?.(unseen).catch(() => undefined);
  document.addEventListener('visibilitychange', forget, { once: true });
  if (globalThis.Notification?.permission !== 'granted') return;
  try {
    const notification = new Notification(title, { tag: 'sotto-done' });
    notification.onclick = () => globalThis.focus();
  } catch {
    // Chromium on Android lets only service workers show them.
  }
}

function forget(): void {
  unseen = 0;
  void navigator.clearAppBadge?.().catch(() => undefined);
}
