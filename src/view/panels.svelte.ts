export type Panel = 'settings' | 'save' | 'export' | 'versions' | 'diagnostics' | 'vocabulary';

/** Which dialog is open. One at a time. */
export class Panels {
  #open = $state<Panel | null>(null);

  get open(): Panel | null {
    return this.#open;
  }

  show(panel: Panel): void {
    this.#open = panel;
  }

  close(): void {
    this.#open = null;
  }
}
