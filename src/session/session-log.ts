import type { LogEntry } from './state.ts';

/** Entries kept; a day of talk writes fewer. */
const MAX_ENTRIES = 20_000;

/** What happened when, counted from Start. The order of its lines is what tests assert on. */
export class SessionLog {
  #startedAt = performance.now();
  #entries: LogEntry[] = [];

  get entries(): readonly LogEntry[] {
    return this.#entries;
  }

  /** Begins a new record. */
  restart(): void {
    this.#startedAt = performance.now();
    this.#entries = [];
  }

  add(text: string): void {
    if (this.#entries.length >= MAX_ENTRIES) this.#entries.splice(0, MAX_ENTRIES / 10);
    this.#entries.push({ atMs: Math.round(performance.now() - this.#startedAt), text });
  }
}
