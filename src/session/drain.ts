import { samplesToMs } from '../audio/units.ts';
import type { PassTiming } from '../recognizer/protocol.ts';

/** How far the catching up after Stop has come, and how long it will take. */
export class Drain {
  readonly #totalMs: number;
  #audioMs = 0;
  #workMs = 0;

  /** @param totalMs speech waiting when it began. @param timings passes so far: they tell how fast this machine is. */
  constructor(totalMs: number, timings: readonly PassTiming[]) {
    this.#totalMs = totalMs;
    for (const timing of timings) this.observe(timing);
  }

  observe({ sampleCount, totalMs }: PassTiming): void {
    this.#audioMs += samplesToMs(sampleCount);
    this.#workMs += totalMs;
  }

  at(pendingMs: number): { fraction: number; secondsLeft: number | null } {
    const fraction = this.#totalMs === 0 ? 1 : Math.min(1, Math.max(0, 1 - pendingMs / this.#totalMs));
    const secondsLeft = this.#audioMs === 0 ? null : ((this.#workMs / this.#audioMs) * pendingMs) / 1000;
    return { fraction, secondsLeft };
  }
}
