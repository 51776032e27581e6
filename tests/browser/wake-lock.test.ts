import { afterEach, expect, it, vi } from 'vitest';
import { Scope } from '../../src/platform/scope.ts';
import { keepAwake } from '../../src/platform/wake-lock.ts';

afterEach(() => void vi.restoreAllMocks());

it('keeps the screen on while there is work, asks again when the page is seen again, and lets go at the end', async () => {
  const held = new Set<object>();
  vi.spyOn(navigator.wakeLock, 'request').mockImplementation(() => {
    const lock = { release: () => Promise.resolve(void held.delete(lock)) };
    held.add(lock);
    return Promise.resolve(lock as unknown as WakeLockSentinel);
  });
  const scope = new Scope();
  keepAwake(scope);
  await vi.waitFor(() => expect(held.size).toBe(1));
  // The browser has taken it back meanwhile.
  held.clear();
  document.dispatchEvent(new Event('visibilitychange'));
  await vi.waitFor(() => expect(held.size).toBe(1));
  scope.dispose();
  expect(held.size).toBe(0);
});
