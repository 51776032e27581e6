import type { Scope } from './scope.ts';

/** Chromium's event; no other browser has it, and there the person installs from the browser's own menu. */
interface InstallPrompt extends Event {
  prompt(): Promise<{ outcome: 'accepted' | 'dismissed' }>;
}

/** Offers to install the app when the browser would. Make it early: the event comes once, soon after loading. */
export class Installer {
  #prompt: InstallPrompt | null = null;

  /** @param changed called after every change of {@link installable}. */
  constructor(
    scope: Scope,
    private readonly changed: () => void,
  ) {
    scope.listen(globalThis, 'beforeinstallprompt', (event: InstallPrompt) => {
      event.preventDefault(); // No banner of the browser's: the button is ours.
      this.#keep(event);
    });
    scope.listen(globalThis, 'appinstalled', () => this.#keep(null));
  }

  get installable(): boolean {
    return this.#prompt !== null;
  }

  /** Asks the person. Call from a click. A prompt works once; the browser sends another one when it may be asked again. */
  async install(): Promise<void> {
    const prompt = this.#prompt;
    this.#keep(null);
    await prompt?.prompt();
  }

  #keep(prompt: InstallPrompt | null): void {
    this.#prompt = prompt;
    this.changed();
  }
}
