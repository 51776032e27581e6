import type { Selected } from './editor.svelte.ts';

/** The attribute that names the paragraph an element shows. */
export const PARAGRAPH = 'data-paragraph';

/** The element of the paragraph that something lies in. */
export function boxOf(node: EventTarget | null): HTMLElement | null {
  const element = node instanceof Element ? node : node instanceof Node ? node.parentElement : null;
  return element?.closest<HTMLElement>(`[${PARAGRAPH}]`) ?? null;
}

export const boxFor = (root: Element, paragraph: string): HTMLElement | null =>
  root.querySelector<HTMLElement>(`[${PARAGRAPH}="${CSS.escape(paragraph)}"]`);

export const paragraphOf = (box: Element): string => box.getAttribute(PARAGRAPH) ?? '';

/**
 * How many characters of white space stand before a paragraph's text, which has none of its own: whoever takes its first word
 * away to write another one has the space behind it there meanwhile. Offsets into the text do not count it.
 */
export const leadOf = ({ textContent }: Element): number => textContent.length - textContent.trimStart().length;

/** What is selected, if all of it lies in one paragraph. */
export function selectedIn(box: HTMLElement): Selected | null {
  const range = rangeIn(box);
  if (range === null) return null;
  const from = offsetOf(box, range.startContainer, range.startOffset);
  return { paragraph: paragraphOf(box), from, to: Math.max(from, offsetOf(box, range.endContainer, range.endOffset)) };
}

/** Where the selection of a paragraph ends, with the white space before its text counted; `null` where none lies in it. */
export function rawEnd(box: HTMLElement): number | null {
  const range = rangeIn(box);
  return range === null ? null : rawOffsetOf(box, range.endContainer, range.endOffset);
}

function rangeIn(box: HTMLElement): Range | null {
  const selection = getSelection();
  if (selection === null || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  return box.contains(range.startContainer) && box.contains(range.endContainer) ? range : null;
}

/** Selects characters of a paragraph, or puts the caret there, and scrolls no further than needed. */
export function select(box: HTMLElement, from: number, to: number): void {
  box.focus({ preventScroll: true });
  choose(rangeOf(box, from, to));
}

/** Makes one text node of what the browser has made of a paragraph; the caret stays where it is. */
export function tidy(box: HTMLElement): void {
  const caret = rawEnd(box);
  const { textContent } = box;
  box.textContent = textContent;
  if (caret !== null) choose(rawRangeOf(box, caret, caret));
}

function choose(range: Range): void {
  const selection = getSelection();
  selection?.removeAllRanges();
  selection?.addRange(range);
}

/** Characters `[from, to)` of a paragraph, as far as they are there. */
export function rangeOf(box: HTMLElement, from: number, to: number): Range {
  const lead = leadOf(box);
  return rawRangeOf(box, lead + from, lead + to);
}

function rawRangeOf(box: HTMLElement, from: number, to: number): Range {
  const range = new Range();
  const text = box.firstChild;
  if (!(text instanceof Text)) {
    range.selectNodeContents(box);
    range.collapse(true);
    return range;
  }
  range.setStart(text, Math.min(from, text.length));
  range.setEnd(text, Math.min(Math.max(from, to), text.length));
  return range;
}

/** The character of a paragraph at a point of the window; `null` beside it. */
export function offsetAtPoint(box: HTMLElement, x: number, y: number): number | null {
  const at = caretAtPoint(x, y);
  return at !== null && box.contains(at.node) ? offsetOf(box, at.node, at.offset) : null;
}

function caretAtPoint(x: number, y: number): { readonly node: Node; readonly offset: number } | null {
  if ('caretPositionFromPoint' in document) {
    const position = document.caretPositionFromPoint(x, y);
    return position === null ? null : { node: position.offsetNode, offset: position.offset };
  }
  // Safari up to 26.
  const range = (document as { caretRangeFromPoint?: (x: number, y: number) => Range | null }).caretRangeFromPoint?.(
    x,
    y,
  );
  return range ? { node: range.startContainer, offset: range.startOffset } : null;
}

function offsetOf(box: HTMLElement, node: Node, offset: number): number {
  return Math.max(0, rawOffsetOf(box, node, offset) - leadOf(box));
}

/** In characters from the beginning of the paragraph, whatever nodes the browser has made of it. */
function rawOffsetOf(box: HTMLElement, node: Node, offset: number): number {
  if (node === box.firstChild && node instanceof Text) return offset;
  const range = new Range();
  range.setStart(box, 0);
  range.setEnd(node, offset);
  return range.toString().length;
}

/** Whether the caret stands in the first or the last line of its paragraph. */
export function atEdge(box: HTMLElement, edge: 'first' | 'last'): boolean {
  const line = caretRect(box);
  const whole = box.getBoundingClientRect();
  if (line === null) return true;
  const distance = edge === 'first' ? line.top - whole.top : whole.bottom - line.bottom;
  return distance < line.height;
}

/** Where the caret is drawn; `null` in an empty paragraph. */
export function caretRect(box: HTMLElement): DOMRect | null {
  const selection = getSelection();
  if (selection === null || selection.rangeCount === 0 || box.textContent === '') return null;
  const range = selection.getRangeAt(0).cloneRange();
  range.collapse(selection.direction !== 'backward' && selection.focusNode === range.endContainer ? false : true);
  const [rect] = range.getClientRects();
  if (rect !== undefined) return rect;
  // A caret behind the last character has no rectangle of its own everywhere: the character before it has.
  const offset = offsetOf(box, range.startContainer, range.startOffset);
  return rangeOf(box, Math.max(0, offset - 1), offset).getBoundingClientRect();
}
