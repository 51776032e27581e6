/** How quickly old speeds are forgotten. */
const MEMORY_MS = 6000;
/** No estimate is shown before this much has been seen. */
const SETTLING_MS = 1000;

/**
 * Time left of a download, smoothed: a weighted mean of the speed in which the last seconds count most. Fed with bytes over
 * time, as they come in progress events; what was there at the first one was not downloaded now and says nothing about speed.
 */
export class TimeLeft {
  #first: { readonly timeMs: number; readonly bytes: number } | null = null;
  #last = { timeMs: 0, bytes: 0 };
  #weightMs = 0;
  #weightedBytes = 0;

  /** @param timeMs on any clock that does not run backwards. @param loadedBytes may fall when a part is repeated. */
  add(timeMs: number, loadedBytes: number): void {
    if (this.#first === null) {
      this.#first = { timeMs, bytes: loadedBytes };
    } else {
      const elapsedMs = Math.max(timeMs - this.#last.timeMs, 0);
      const fade = Math.exp(-elapsedMs / MEMORY_MS);
      this.#weightMs = this.#weightMs * fade + elapsedMs;
      this.#weightedBytes = this.#weightedBytes * fade + Math.max(loadedBytes - this.#last.bytes, 0);
    }
    this.#last = { timeMs, bytes: loadedBytes };
  }

  /** Seconds until `totalBytes` have come; `null` while there is nothing to judge by, or nothing comes. */
  secondsLeft(totalBytes: number): number | null {
    if (this.#first === null || this.#last.timeMs - this.#first.timeMs < SETTLING_MS) return null;
    const bytesPerMs = this.#weightedBytes / this.#weightMs;
    return bytesPerMs > 0 ? Math.max(totalBytes - this.#last.bytes, 0) / bytesPerMs / 1000 : null;
  }
}
