/** The text at one moment. */
export interface WatchedText {
  /** Since the microphone was opened. */
  readonly atMs: number;
  readonly committed: string;
  readonly tentative: string;
}

/** Runs in the page: `globalThis.watched` gets every state of the text from now on. */
export function watchText(): void {
  const log = document.querySelector('[role=log]');
  if (log === null) throw new Error('no transcript');
  const watched: WatchedText[] = [];
  const { openedAt } = globalThis as unknown as { readonly openedAt: number };
  const collapse = (text: string): string => text.replace(/\s+/g, ' ').trim();
  new MutationObserver(() => {
    const copy = log.cloneNode(true) as Element;
    const spans = [...copy.querySelectorAll('.tentative')];
    const tentative = collapse(spans.map((span) => span.textContent).join(' '));
    for (const span of spans) span.remove();
    const committed = collapse([...copy.children].map((paragraph) => paragraph.textContent).join(' '));
    watched.push({ atMs: performance.now() - openedAt, committed, tentative });
  }).observe(log, { childList: true, characterData: true, subtree: true });
  Object.assign(globalThis, { watched });
}
