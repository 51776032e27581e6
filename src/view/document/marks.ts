import { SvelteSet } from 'svelte/reactivity';
import type { Scope } from '../../platform/scope.ts';
import { PARAGRAPH, paragraphOf, rangeOf } from './caret.ts';

/** What is drawn over the text without changing it: `::highlight()` of the same names, later ones above. */
const NAMES = ['unsure', 'found', 'found-now', 'spoken'] as const;
type MarkName = (typeof NAMES)[number];

interface Marked {
  readonly from: number;
  readonly to: number;
}

/** Marks on the words of a document. Ranges exist for the paragraphs near the window only: ten hours have too many. */
export class Marks {
  readonly #root: HTMLElement;
  readonly #scope: Scope;
  readonly #near = new SvelteSet<HTMLElement>();
  readonly #observer: IntersectionObserver;

  constructor(root: HTMLElement, scope: Scope) {
    this.#root = root;
    this.#scope = scope;
    this.#observer = new IntersectionObserver((entries) => this.#notice(entries), { rootMargin: '75%' });
    const added = new MutationObserver((records) => {
      for (const { addedNodes, removedNodes } of records) {
        for (const node of addedNodes) for (const box of boxesIn(node)) this.#observer.observe(box);
        for (const node of removedNodes) for (const box of boxesIn(node)) this.#forget(box);
      }
    });
    for (const box of boxesIn(root)) this.#observer.observe(box);
    added.observe(root, { childList: true, subtree: true });
    scope.add(() => {
      added.disconnect();
      this.#observer.disconnect();
      if (canMark) for (const name of NAMES) CSS.highlights.delete(name);
    });
  }

  /** Draws one kind of mark. Depends on what is near the window: within an effect, it runs again as one scrolls. */
  draw(name: MarkName, of: (paragraph: string) => Iterable<Marked>): void {
    if (!canMark) return;
    const places = [...this.#near].flatMap((box) => [...of(paragraphOf(box))].map((marked) => ({ box, ...marked })));
    // Ranges are of the text as it will stand once everything that follows from the change has happened.
    queueMicrotask(() => {
      if (this.#scope.disposed) return;
      const highlight = new Highlight(...places.map(({ box, from, to }) => rangeOf(box, from, to)));
      highlight.priority = NAMES.indexOf(name);
      CSS.highlights.set(name, highlight);
    });
  }

  #notice(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries) {
      if (!(target instanceof HTMLElement)) continue;
      if (isIntersecting && this.#root.contains(target)) this.#near.add(target);
      else this.#near.delete(target);
    }
  }

  #forget(box: HTMLElement): void {
    this.#observer.unobserve(box);
    this.#near.delete(box);
  }
}

/** Firefox before 140 and Safari before 17.2 have no marks. */
export const canMark = 'highlights' in CSS;

function boxesIn(node: Node): HTMLElement[] {
  if (!(node instanceof HTMLElement)) return [];
  const boxes = [...node.querySelectorAll<HTMLElement>(`[${PARAGRAPH}]`)];
  return node.hasAttribute(PARAGRAPH) ? [node, ...boxes] : boxes;
}
