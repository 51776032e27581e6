import type { Notice } from './state.ts';

/** What a person is told while it lasts; the same thing is told once. */
export class Notices {
  #all = $state.raw<readonly Notice[]>([]);

  get all(): readonly Notice[] {
    return this.#all;
  }

  add(notice: Notice): void {
    if (!this.#all.some((other) => same(other, notice))) this.#all = [...this.#all, notice];
  }

  remove(notice: Notice): void {
    this.#all = this.#all.filter((other) => !same(other, notice));
  }

  removeType(...types: Notice['type'][]): void {
    if (this.#all.some(({ type }) => types.includes(type)))
      this.#all = this.#all.filter(({ type }) => !types.includes(type));
  }

  clear(): void {
    this.#all = [];
  }
}

function same(a: Notice, b: Notice): boolean {
  return a.type === 'failure' && b.type === 'failure' ? a.failure.name === b.failure.name : a.type === b.type;
}
