import type { Scope } from './scope.ts';
import { activated, shellComplete } from './service-worker.ts';

/** Why the app will not work without a network in this browser: `no-service-worker` (F3) or `no-storage` (F18). */
export type OfflineObstacle = 'no-service-worker' | 'no-storage';

/**
 * Whether a start without a network would transcribe: a service worker with a whole shell, and the engine and the model in the
 * store. Everything is asked of what is stored, nothing is remembered: the browser may have evicted it (F17).
 */
export class OfflineReadiness {
  #ready = false;
  #obstacle: OfflineObstacle | null = null;
  #looks = 0;

  /**
   * @param registration `null` where there is no service worker.
   * @param modelStored whether the engine and the chosen model are complete in the store.
   * @param changed called after every change.
   */
  constructor(
    private readonly scope: Scope,
    private readonly registration: ServiceWorkerRegistration | null,
    private readonly modelStored: () => Promise<boolean>,
    private readonly changed: () => void,
  ) {
    if (registration) void activated(registration).then(() => this.refresh());
    void this.refresh();
  }

  get ready(): boolean {
    return this.#ready;
  }

  get obstacle(): OfflineObstacle | null {
    return this.#obstacle;
  }

  /** Call when a model was stored or removed, or another one chosen. The last call wins. */
  async refresh(): Promise<void> {
    const look = ++this.#looks;
    const { ready, obstacle } = await this.#look();
    if (look !== this.#looks || this.scope.disposed || (ready === this.#ready && obstacle === this.#obstacle)) return;
    this.#ready = ready;
    this.#obstacle = obstacle;
    this.changed();
  }

  async #look(): Promise<{ ready: boolean; obstacle: OfflineObstacle | null }> {
    // Where nothing is stored there is no service worker either: this is the cause, then.
    if (!(await keepsFiles())) return { ready: false, obstacle: 'no-storage' };
    if (!this.registration) return { ready: false, obstacle: 'no-service-worker' };
    if (!(await this.modelStored())) return { ready: false, obstacle: null };
    return { ready: await shellComplete(this.registration), obstacle: null };
  }
}

const keepsFiles = (): Promise<boolean> =>
  caches.keys().then(
    () => true,
    () => false,
  );
