/** How far down in the text's band something that was out of sight is put. */
const REST = 0.3;

/**
 * Scrolls no further than needed for a range in `root` to be seen between the page's header and footer, which float above it.
 * Sizes of what was never seen are guesses until it is: after the first jump they are known, and a second one puts it right.
 */
export function reveal(root: HTMLElement, range: Range): void {
  if (scrollTo(root, range)) requestAnimationFrame(() => scrollTo(root, range));
}

/** @returns whether it was out of sight. */
function scrollTo(root: HTMLElement, range: Range): boolean {
  const rect = range.getBoundingClientRect();
  const page = root.parentElement;
  const top = page?.querySelector(':scope > header')?.getBoundingClientRect().bottom ?? 0;
  const bottom = page?.querySelector(':scope > footer')?.getBoundingClientRect().top ?? innerHeight;
  if (rect.top >= top && rect.bottom <= bottom) return false;
  scrollBy({ top: rect.top - (top + (bottom - top) * REST), behavior: 'instant' });
  return true;
}
