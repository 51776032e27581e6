import type { SessionState } from '../../session/state.ts';

/** Whether Start/Stop would stop now. */
export const isRunning = (session: SessionState): boolean =>
  session.phase === 'starting' || session.phase === 'listening';

/** The one big button and its key. While the last words are being written there is nothing to start or stop. */
export function toggle(session: SessionState): void {
  if (isRunning(session)) session.stop();
  else if (session.phase !== 'draining') void session.start();
}
