import { PrecacheController, type PrecacheEntry } from 'workbox-precaching';
import { withPolicy } from './policy.ts';

/**
 * The kept files of one version of the app. They are fetched whole at installation, each checked against its hash from the
 * build; one that fails fails the installation, and the version before stays as it was (F7). The policy is put on before a
 * file is kept, so that what is served is the stored response itself, with the browser's compiled code beside it.
 */
export class Shell {
  readonly #controller = new PrecacheController({
    plugins: [
      {
        cacheWillUpdate: ({ response }) =>
          Promise.resolve(response.status === 200 && response.type === 'basic' ? withPolicy(response) : null),
      },
    ],
  });

  /** Hooks into the installation (fetch all) and the activation (drop what only older versions had). */
  constructor(entries: readonly (PrecacheEntry | string)[]) {
    this.#controller.precache([...entries]);
  }

  has(url: string): boolean {
    return this.#controller.getCacheKeyForURL(url) !== undefined;
  }

  /** The kept file, or the same from the network when the browser lost it. */
  async get(url: string): Promise<Response> {
    return (await this.#controller.matchPrecache(url)) ?? withPolicy(await fetch(url));
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
    return true;
  }
}
