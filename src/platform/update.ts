import { anyTabRecords, watchRecordings, whileNoneRecords } from './recording-lock.ts';
import type { Scope } from './scope.ts';
import { tell } from './service-worker.ts';

/** `waiting`: a new version can be taken now. `deferred`: there is one, and a tab records (F5). */
export type UpdateState = 'none' | 'deferred' | 'waiting';

/** Between two looks at the server, in ms. */
const LOOK_EVERY_MS = 60 * 60 * 1000;
/** A new version that has not taken over by then will not. */
const TAKE_OVER_MS = 10_000;

/**
 * A new version of the app: noticed, held back while any tab records, taken when the person says so. All tabs reload together,
 * because one service worker serves them all; a tab for which `mayReload` says no goes on and reloads later.
 */
export class Updates {
  #state: UpdateState = 'none';
  /** This page is older than the files that are served to it: they may be gone (F6). */
  #stale = false;
  #lastLook = performance.now();
  #hadController = 'serviceWorker' in navigator && navigator.serviceWorker.controller !== null;

  /**
   * @param registration `null` where there is no service worker: then only {@link reportMissingFile} makes an update known.
   * @param mayReload whether a reload would lose nothing in this tab now.
   * @param changed called after every change of {@link state}.
   */
  constructor(
    private readonly scope: Scope,
    private readonly registration: ServiceWorkerRegistration | null,
    private readonly mayReload: () => boolean,
    private readonly changed: () => void,
  ) {
    const refresh = () => void this.refresh();
    scope.add(watchRecordings(refresh));
    scope.listen(document, 'visibilitychange', () => {
      if (document.visibilityState === 'visible') void this.#look();
    });
    // Vite tells here of a part of the app that could not be fetched when it was first needed.
    scope.listen(globalThis, 'vite:preloadError', () => this.#outlived());
    if (registration) this.#follow(registration);
    refresh();
  }

  get state(): UpdateState {
    return this.#state;
  }

  /**
   * Call when a script would not start. If that is because the server has another version by now (F6), the state says so:
   * recording goes on, a reload when ready helps.
   */
  reportMissingFile(): void {
    // With a whole shell kept here nothing can be missing; a newer version makes itself known.
    if (this.registration?.active) this.registration.update().catch(() => undefined);
    else void serverHasAnotherVersion().then((another) => another && this.#outlived());
  }

  /** Takes the new version and reloads, unless a tab records: then the state says `deferred`, and nothing happens. */
  async apply(): Promise<void> {
    const applied = await whileNoneRecords(async () => {
      const waiting = this.#waiting;
      if (waiting) await this.#takeOver(waiting);
      else if (this.#stale) location.reload();
    });
    if (!applied) await this.refresh();
  }

  #outlived(): void {
    this.#stale = true;
    void this.refresh();
  }

  /** Looks again at who records. */
  async refresh(): Promise<void> {
    const next = this.#stale || this.#waiting ? ((await anyTabRecords()) ? 'deferred' : 'waiting') : 'none';
    if (next === this.#state || this.scope.disposed) return;
    this.#state = next;
    this.changed();
  }

  /** The first version of all waits for a moment too; it is no new one. */
  get #waiting(): ServiceWorker | null {
    return this.registration?.active ? this.registration.waiting : null;
  }

  #follow(registration: ServiceWorkerRegistration): void {
    const follow = (worker: ServiceWorker | null) => {
      if (worker) this.scope.listen(worker, 'statechange', () => void this.refresh());
    };
    follow(registration.installing);
    this.scope.listen(registration, 'updatefound', () => follow(registration.installing));
    this.scope.listen(navigator.serviceWorker, 'controllerchange', () => {
      // The first version of all takes charge of a page that came without it: nothing has changed.
      const first = !this.#hadController;
      this.#hadController = true;
      if (first) return;
      if (this.mayReload()) location.reload();
      else this.#outlived();
    });
  }

  /** The lock is kept until the new version is in charge, so that no tab begins to record in between. */
  async #takeOver(waiting: ServiceWorker): Promise<void> {
    const scope = this.scope.child();
    await new Promise<void>((resolve) => {
      scope.listen(navigator.serviceWorker, 'controllerchange', () => resolve());
      scope.after(TAKE_OVER_MS, resolve);
      tell(waiting, { type: 'take-over' });
    });
    scope.dispose();
  }

  /** Asks the server for a new version, seldom, and never while something is said. */
  async #look(): Promise<void> {
    await this.refresh();
    if (!this.registration || performance.now() - this.#lastLook < LOOK_EVERY_MS || (await anyTabRecords())) return;
    this.#lastLook = performance.now();
    await this.registration.update().catch(() => undefined);
  }
}

/** Whether the page, as the server gives it now, starts with another script than this one did. */
async function serverHasAnotherVersion(): Promise<boolean> {
  const ours = document.querySelector('script[type="module"][src]')?.getAttribute('src');
  try {
    const response = await fetch(document.baseURI, { cache: 'no-store' });
    return response.ok && typeof ours === 'string' && !(await response.text()).includes(ours);
  } catch {
    return false;
  }
}
