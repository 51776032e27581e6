import type { SessionState } from '../session/state.ts';

/** The one big button and its key: what a press means now. */
export class Starter {
  readonly #session: SessionState;
  #queued = $state(false);

  constructor(session: SessionState) {
    this.#session = session;
  }

  /** Whether a press would stop. */
  get running(): boolean {
    return this.#session.phase === 'starting' || this.#session.phase === 'listening';
  }

  /** Pressed while the last words were still being written: the next session starts right after them. */
  get queued(): boolean {
    return this.#queued && this.#session.phase === 'draining';
  }

  toggle(): void {
    const stops = this.running || this.queued;
    this.#queued = !stops && this.#session.phase === 'draining';
    if (stops) this.#session.stop();
    else void this.#session.start();
  }
}
