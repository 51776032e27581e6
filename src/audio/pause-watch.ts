import { SAMPLE_RATE, samplesToMs } from './units.ts';

/** Less is a hiccup of some buffer. */
const PAUSE_MS = 3_000;
/** A thread that was only held up takes what has waited at once: so long afterwards, in sound and in time, it has caught up. */
const SURE_MS = 1_000;
/** Clocks drift apart: what counts as no delay is looked at anew so often. */
const SETTLE_SAMPLES = 60 * SAMPLE_RATE;

/**
 * Finds where sound broke off without anybody saying so: a laptop slept, a system took the sound away and gave it back (F33). Then
 * less sound has come than time has passed, and it stays so. The clock tells only that; no time is made of it.
 */
export class PauseWatch {
  #sample = 0;
  #originMs: number | null = null;
  /** By how much sound is behind the clock when nothing is wrong. */
  #usualMs = 0;
  #lowestMs = Infinity;
  #settledSample = 0;
  /** Where sound may have broken off, and when it came back. */
  #suspect: { readonly sample: number; readonly atMs: number } | null = null;

  /**
   * Samples have come.
   * @param nowMs of a clock that goes on while the machine sleeps.
   * @returns how many samples ago sound broke off, about a second after it came back; otherwise `null`.
   */
  push(sampleCount: number, nowMs: number): number | null {
    const from = this.#sample;
    this.#sample += sampleCount;
    this.#originMs ??= nowMs - samplesToMs(sampleCount);
    const behindMs = nowMs - this.#originMs - samplesToMs(this.#sample);
    if (behindMs - this.#usualMs > PAUSE_MS) {
      this.#suspect ??= { sample: from, atMs: nowMs };
      const { sample, atMs } = this.#suspect;
      if (nowMs - atMs < SURE_MS || samplesToMs(this.#sample - sample) < SURE_MS) return null;
      this.#settle(behindMs);
      return this.#sample - sample;
    }
    this.#suspect = null;
    this.#lowestMs = Math.min(this.#lowestMs, behindMs);
    if (this.#sample - this.#settledSample >= SETTLE_SAMPLES) this.#settle(this.#lowestMs);
    return null;
  }

  #settle(usualMs: number): void {
    this.#usualMs = usualMs;
    this.#lowestMs = Infinity;
    this.#settledSample = this.#sample;
    this.#suspect = null;
  }
}
