import type { Scope } from '../../platform/scope.ts';

const SCROLLING_KEYS: ReadonlySet<string> = new Set(['PageUp', 'PageDown', 'Home', 'End', 'ArrowUp', 'ArrowDown']);

/** Keeps what is being said in the window, until the reader scrolls or writes somewhere else. */
export class VoiceFollow {
  #following = $state(true);

  constructor(scope: Scope) {
    const stop = () => this.stop();
    scope.listen(globalThis, 'wheel', stop, { passive: true });
    scope.listen(globalThis, 'touchmove', stop, { passive: true });
    scope.listen(globalThis, 'keydown', ({ key, target }: KeyboardEvent) => {
      const ownUse = target instanceof HTMLInputElement || target instanceof HTMLSelectElement;
      if (SCROLLING_KEYS.has(key) && !ownUse) stop();
    });
    scope.listen(globalThis, 'pointerdown', ({ clientX }: PointerEvent) => {
      // The scrollbar is beside the content, and gives no other sign of a hand on it.
      if (clientX >= document.documentElement.clientWidth) stop();
    });
  }

  get following(): boolean {
    return this.#following;
  }

  stop(): void {
    this.#following = false;
  }

  resume(): void {
    this.#following = true;
  }
}
