import { PrecacheController, type PrecacheEntry } from 'workbox-precaching';
import { withPolicy } from './policy.ts';
import { staticRoutes, type RouterRule } from './static-routes.ts';

/** Where static routes can be given. */
interface RoutingInstallEvent extends ExtendableEvent {
  addRoutes?(rules: readonly RouterRule[]): Promise<void>;
}

/**
 * The kept files of one version of the app. They are fetched whole at installation, each checked against its hash from the
 * build; one that fails fails the installation, and the version before stays as it was (F7). The policy is put on before a
 * file is kept, so that what is served is the stored response itself, with the browser's compiled code beside it.
 */
export class Shell {
  readonly #scope: string;
  readonly #page: string;
  readonly #controller = new PrecacheController({
    plugins: [
      {
        cacheWillUpdate: ({ response }) =>
          Promise.resolve(response.status === 200 && response.type === 'basic' ? withPolicy(response) : null),
      },
    ],
  });

  /** @param scope the service worker's scope: ends with a slash. */
  constructor(entries: readonly (PrecacheEntry | string)[], scope: string) {
    this.#scope = scope;
    this.#page = `${scope}index.html`;
    this.#controller.addToCacheList([...entries]);
  }

  has(url: string): boolean {
    return this.#controller.getCacheKeyForURL(url) !== undefined;
  }

  /** The kept file, or the same from the network when the browser lost it. */
  async get(url: string): Promise<Response> {
    return (await this.#controller.matchPrecache(url)) ?? withPolicy(await fetch(url));
  }

  /** Fetches all, and tells the browser what it may serve of it without asking us. */
  async install(event: ExtendableEvent): Promise<void> {
    const routes = staticRoutes(this.#scope, this.#pageCache, this.#controller.strategy.cacheName);
    const routed = (event as RoutingInstallEvent).addRoutes?.(routes).catch(() => undefined);
    await this.#controller.install(event);
    await this.#keepPage();
    await routed;
  }

  /** Drops what only older versions had. */
  async activate(event: ExtendableEvent): Promise<void> {
    await this.#controller.activate(event);
    const others = (await caches.keys()).filter((name) => name.startsWith(pageCacheOf(this.#page)));
    await Promise.all(others.filter((name) => name !== this.#pageCache).map((name) => caches.delete(name)));
  }

  /** Whether every file is here, after an attempt to fetch those that are not. */
  async verify(): Promise<boolean> {
    const cache = await caches.open(this.#controller.strategy.cacheName);
    for (const [url, key] of this.#controller.getURLsToCacheKeys()) {
      if (await cache.match(key)) continue;
      const integrity = this.#controller.getIntegrityForCacheKey(key);
      const response = await fetch(url, { cache: 'reload', ...(integrity ? { integrity } : {}) }).catch(() => null);
      if (response?.status !== 200) return false;
      await cache.put(key, withPolicy(response));
    }
    await this.#keepPage();
    return true;
  }

  /** The page once more, where the browser finds it by the address that is visited. Versions share files, but not the page. */
  async #keepPage(): Promise<void> {
    const page = await this.#controller.matchPrecache(this.#page);
    const cache = await caches.open(this.#pageCache);
    if (page && !(await cache.match(this.#scope))) await cache.put(this.#scope, page);
  }

  get #pageCache(): string {
    return pageCacheOf(this.#controller.getCacheKeyForURL(this.#page) ?? this.#page);
  }
}

/** @param key address of the page, with or without its revision behind it. */
const pageCacheOf = (key: string): string => `sotto-page ${key}`;
