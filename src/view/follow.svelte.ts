import type { Scope } from '../platform/scope.ts';

/** Reading within this distance of the end counts as following, in CSS pixels. */
const NEAR_END = 48;

/**
 * Keeps the end of the page in view while text grows, unless the reader has scrolled up. Following ends when the reader moves
 * away from the end and begins again when they come back.
 */
export class Follow {
  #following = $state(true);
  #lastTop = 0;

  get following(): boolean {
    return this.#following;
  }

  /**
   * Watches the page's scrolling and the growth of `content` for as long as `scope` lasts.
   * @param hasText whether there is a text whose end can be followed: without one the page stays where it is.
   */
  watch(content: Element, scope: Scope, hasText: () => boolean): void {
    const onScroll = () => {
      const { scrollTop } = root();
      // Growth and rotation move the end away without the reader: only a move up is a wish to leave it.
      if (distance() <= NEAR_END) this.#following = true;
      else if (scrollTop < this.#lastTop) this.#following = false;
      this.#lastTop = scrollTop;
    };
    const observer = new ResizeObserver(() => {
      if (this.#following && hasText()) this.#toEnd('instant');
    });
    observer.observe(content);
    // What comes below the text moves the end as well.
    observer.observe(document.body);
    scope.add(() => observer.disconnect());
    scope.listen(globalThis, 'scroll', onScroll, { passive: true });
  }

  /** Back to the end, and following again. */
  jump(smooth: boolean): void {
    this.#following = true;
    this.#toEnd(smooth ? 'smooth' : 'instant');
  }

  #toEnd(behavior: ScrollBehavior): void {
    root().scrollTo({ top: root().scrollHeight, behavior });
  }
}

const root = (): Element => document.scrollingElement ?? document.documentElement;
const distance = (): number => root().scrollHeight - root().scrollTop - root().clientHeight;
