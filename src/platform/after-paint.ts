import type { Scope } from './scope.ts';

/** A page that is not seen draws nothing: it goes on by itself. */
const UNSEEN_MS = 300;

/**
 * Runs `work` once, when the browser has drawn what is there now: what nobody waits for does not stand in the way of the first
 * sight. Never, when the scope ends before.
 */
export function afterPaint(scope: Scope, work: () => void): void {
  const waiting = scope.child();
  const run = () => {
    waiting.dispose();
    work();
  };
  const frame = requestAnimationFrame(() => waiting.after(0, run));
  waiting.add(() => cancelAnimationFrame(frame));
  waiting.after(UNSEEN_MS, run);
}
