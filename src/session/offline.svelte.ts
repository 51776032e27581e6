import { afterPaint } from '../platform/after-paint.ts';
import { Installer } from '../platform/install.ts';
import { OfflineReadiness } from '../platform/offline.ts';
import type { Scope } from '../platform/scope.ts';
import { registerServiceWorker } from '../platform/service-worker.ts';
import { Updates } from '../platform/update.ts';
import type { OfflineState } from './state.ts';

interface OfflineOptions {
  /** Whether the engine and the chosen model are complete in the store. */
  readonly modelStored: () => Promise<boolean>;
  /** Whether a reload would lose nothing in this tab now. */
  readonly mayReload: () => boolean;
}

/** What the view shows about life without a network: readiness, installation, updates. */
export class Offline implements OfflineState {
  readonly #installer: Installer;
  #readiness: OfflineReadiness | null = null;
  #updates: Updates | null = null;
  #ready = $state(false);
  #obstacle = $state<OfflineState['obstacle']>(null);
  #installable = $state(false);
  #update = $state<OfflineState['update']>('none');

  constructor(scope: Scope, options: OfflineOptions) {
    this.#installer = new Installer(scope, () => (this.#installable = this.#installer.installable));
    afterPaint(scope, () => void this.#register(scope, options));
  }

  async #register(scope: Scope, { modelStored, mayReload }: OfflineOptions): Promise<void> {
    const registration = await registerServiceWorker();
    if (scope.disposed) return;
    const readiness = new OfflineReadiness(scope, registration, modelStored, () => {
      this.#ready = readiness.ready;
      this.#obstacle = readiness.obstacle;
    });
    const updates = new Updates(scope, registration, mayReload, () => (this.#update = updates.state));
    this.#readiness = readiness;
    this.#updates = updates;
  }

  get ready(): boolean {
    return this.#ready;
  }
  get obstacle(): OfflineState['obstacle'] {
    return this.#obstacle;
  }
  get installable(): boolean {
    return this.#installable;
  }
  get update(): OfflineState['update'] {
    return this.#update;
  }

  install(): Promise<void> {
    return this.#installer.install();
  }

  applyUpdate(): void {
    void this.#updates?.apply();
  }

  /** Call when a model was stored, or another one chosen. */
  refresh(): void {
    void this.#readiness?.refresh();
  }

  /** A worker's script could not be had: the server has a newer version (F6). */
  reportMissingFile(): void {
    this.#updates?.reportMissingFile();
  }
}
