import { SvelteSet } from 'svelte/reactivity';

/** Notices that last as long as the page, once read, are not shown again until the next visit. By their keys. */
export class Dismissals {
  readonly #keys = new SvelteSet<string>();

  has(key: string): boolean {
    return this.#keys.has(key);
  }

  add(key: string): void {
    this.#keys.add(key);
  }
}
