/** Adds up where the time of a pass goes. */
export class Stopwatch {
  #at = performance.now();
  readonly #totals = new Map<string, number>();

  lap(name: string): void {
    const now = performance.now();
    this.#totals.set(name, this.total(name) + now - this.#at);
    this.#at = now;
  }

  total(name: string): number {
    return this.#totals.get(name) ?? 0;
  }
}
