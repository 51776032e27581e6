import { flushSync } from 'svelte';
import type { Scope } from '../../platform/scope.ts';
import {
  atEdge,
  boxOf,
  caretRect,
  leadOf,
  offsetAtPoint,
  PARAGRAPH,
  paragraphOf,
  rawEnd,
  select,
  selectedIn,
  tidy,
} from './caret.ts';
import type { Editor } from './editor.svelte.ts';

/**
 * Takes what is written into the paragraphs below `root` over into the editor. Letters are left to the browser, which knows
 * input methods, autocorrection and dictation best: its text is read when it has changed, and never touched while a composition
 * is under way. Only what changes paragraphs, and undo, is ours from the start.
 */
export function watchTyping(root: HTMLElement, editor: Editor, scope: Scope): void {
  let composing = false;

  const take = (box: HTMLElement) => {
    const paragraph = editor.find(paragraphOf(box));
    if (paragraph === null) return;
    const text = box.textContent.slice(leadOf(box));
    const caret = selectedIn(box)?.to ?? text.length;
    if (text !== paragraph.text) editor.type(paragraph, text, caret);
    // An editing host may end up with several nodes; ours has one.
    if (box.childNodes.length > 1) {
      flushSync();
      tidy(box);
    }
  };

  scope.listen(root, 'compositionstart', () => (composing = true));
  scope.listen(root, 'compositionend', ({ target }: CompositionEvent) => {
    composing = false;
    const box = boxOf(target);
    if (box !== null) take(box);
  });
  scope.listen(root, 'input', ({ target }: InputEvent) => {
    const box = boxOf(target);
    if (box !== null && !composing) take(box);
  });
  scope.listen(root, 'beforeinput', (event: InputEvent) => {
    const box = boxOf(event.target);
    if (box !== null && !composing && event.cancelable && takeOver(editor, box, event)) event.preventDefault();
  });
  scope.listen(root, 'keydown', (event: KeyboardEvent) => {
    const box = boxOf(event.target);
    if (box !== null && !event.isComposing && moveAcross(root, box, event)) event.preventDefault();
  });
  scope.listen(root, 'focusin', ({ target }: FocusEvent) => {
    const box = boxOf(target);
    if (box !== null) editor.enter(paragraphOf(box));
  });
  scope.listen(root, 'focusout', ({ target }: FocusEvent) => {
    const box = boxOf(target);
    // Another window comes to the front: it will be written on here.
    if (box === null || box === document.activeElement) return;
    const [text] = box.childNodes;
    // The word that it was kept for has not come. Ranges move with what is deleted.
    if (text instanceof Text) text.deleteData(0, leadOf(box));
  });
}

/** @returns whether the editor has done it. */
function takeOver(editor: Editor, box: HTMLElement, event: InputEvent): boolean {
  const selected = selectedIn(box);
  if (selected === null) return false;
  const { paragraph, from, to } = selected;
  const caret = from === to;
  const raw = rawEnd(box) ?? 0;
  const { inputType } = event;
  switch (inputType) {
    case 'historyUndo':
      editor.undo();
      return true;
    case 'historyRedo':
      editor.redo();
      return true;
    case 'insertParagraph':
    case 'insertLineBreak':
      editor.split(selected);
      return true;
    case 'insertFromPaste':
    case 'insertFromDrop': {
      const text = event.dataTransfer?.getData('text/plain') ?? event.data;
      if (text === null || inputType === 'insertFromDrop') return false;
      // The space that the word before it has left behind.
      editor.replace(selected, text + box.textContent.slice(raw, leadOf(box)));
      return true;
    }
    default:
      if (inputType.startsWith('format')) return true;
      if (inputType.startsWith('delete') && inputType.endsWith('Backward') && caret && raw === 0) {
        editor.join(paragraph);
        return true;
      }
      if (inputType.startsWith('delete') && inputType.endsWith('Forward') && caret && raw === box.textContent.length) {
        editor.joinNext(paragraph);
        return true;
      }
      return false;
  }
}

/** Arrows lead from paragraph to paragraph as if they were one text. @returns whether they did. */
function moveAcross(root: HTMLElement, box: HTMLElement, event: KeyboardEvent): boolean {
  if (event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return false;
  const selected = selectedIn(box);
  if (selected === null || selected.from !== selected.to) return false;
  const rightToLeft = getComputedStyle(box).direction === 'rtl';
  const [back, forth] = rightToLeft ? ['ArrowRight', 'ArrowLeft'] : ['ArrowLeft', 'ArrowRight'];
  const up = event.key === 'ArrowUp' && atEdge(box, 'first');
  const down = event.key === 'ArrowDown' && atEdge(box, 'last');
  const before = up || (event.key === back && rawEnd(box) === 0);
  const behind = down || (event.key === forth && rawEnd(box) === box.textContent.length);
  if (!before && !behind) return false;
  const x = caretRect(box)?.left;
  const other = neighbour(root, box, before ? -1 : 1);
  if (other === null) return false;
  other.scrollIntoView({ block: 'nearest' });
  const end = before ? other.textContent.length : 0;
  const { top, bottom } = other.getBoundingClientRect();
  const line = parseFloat(getComputedStyle(other).lineHeight) / 2;
  const offset = x !== undefined && (up || down) ? offsetAtPoint(other, x, up ? bottom - line : top + line) : null;
  select(other, offset ?? end, offset ?? end);
  return true;
}

function neighbour(root: HTMLElement, box: HTMLElement, by: -1 | 1): HTMLElement | null {
  const boxes = [...root.querySelectorAll<HTMLElement>(`[${PARAGRAPH}]`)];
  const other = boxes[boxes.indexOf(box) + by];
  return other ?? null;
}
