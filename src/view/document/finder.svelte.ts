import { byParagraph, findAll, type Match } from '../../transcript/find.ts';
import type { Editor } from './editor.svelte.ts';

/** Find and replace in one document. */
export class Finder {
  readonly #editor: Editor;
  #open = $state(false);
  /** Goes up when somebody wants to write in it. */
  #asked = $state(0);
  query = $state('');
  replacement = $state('');
  matchCase = $state(false);
  #index = $state(0);
  readonly #matches = $derived.by(() =>
    this.#open ? findAll(this.#editor.paragraphs, { text: this.query, matchCase: this.matchCase }) : [],
  );
  readonly #byParagraph = $derived(byParagraph(this.#matches));

  constructor(editor: Editor) {
    this.#editor = editor;
  }

  get isOpen(): boolean {
    return this.#open;
  }
  get asked(): number {
    return this.#asked;
  }
  get count(): number {
    return this.#matches.length;
  }
  /** Of the one that is looked at; 0 while nothing is found. */
  get index(): number {
    return Math.min(this.#index, Math.max(0, this.#matches.length - 1));
  }
  get now(): Match | null {
    return this.#matches[this.index] ?? null;
  }

  matchesIn(paragraph: string): readonly Match[] {
    return this.#byParagraph.get(paragraph) ?? [];
  }

  /** @param text to look for. */
  open(text: string): void {
    this.#open = true;
    this.query = text;
  }

  /** Opens it for somebody to write in. @param text to look for, if there is any. */
  ask(text: string): void {
    this.open(text === '' ? this.query : text);
    this.#asked++;
  }

  close(): void {
    this.#open = false;
  }

  /** The first match from a place in the text on becomes the one that is looked at. */
  from(paragraph: string, offset: number): void {
    const { paragraphs } = this.#editor;
    const here = Math.max(
      0,
      paragraphs.findIndex(({ id }) => id === paragraph),
    );
    const later = paragraphs.slice(here).flatMap(({ id }) => this.matchesIn(id));
    const next = later.find((match) => match.paragraph !== paragraph || match.to > offset);
    this.#index = next === undefined ? 0 : this.#matches.indexOf(next);
  }

  step(by: -1 | 1): void {
    const { length } = this.#matches;
    if (length > 0) this.#index = (this.index + by + length) % length;
  }

  /** Replaces the one that is looked at; the next one is looked at from then on. */
  replace(): void {
    const { now } = this;
    if (now === null) return;
    this.#editor.replaceAll([now], this.replacement);
    this.from(now.paragraph, now.from + this.replacement.length);
  }

  /** @returns how many there were. */
  replaceAll(): number {
    const { length } = this.#matches;
    if (length > 0) this.#editor.replaceAll(this.#matches, this.replacement);
    return length;
  }
}
