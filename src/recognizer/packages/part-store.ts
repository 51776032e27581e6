import { isQuotaExceeded } from '../../platform/quota.ts';
import type { Part } from './manifest.ts';
import { PARTS_URL, partUrl } from './location.ts';

/** Holds whole, verified parts and nothing else. The number is raised when what an entry holds changes. */
const CACHE_NAME = 'sotto-packages-v1';

/**
 * Parts on this device: in the Cache API, one entry per part under its address, or in memory where the browser has no storage
 * for us (a private window, storage blocked). The Cache API lists only what was written to the end.
 */
export class PartStore {
  readonly #cache: Cache | null;
  readonly #memory = new Map<string, Uint8Array<ArrayBuffer>>();

  private constructor(cache: Cache | null) {
    this.#cache = cache;
  }

  static async open(): Promise<PartStore> {
    try {
      return new PartStore(await caches.open(CACHE_NAME));
    } catch {
      return new PartStore(null);
    }
  }

  /** Whether everything written so far outlives this thread (F18). */
  get kept(): boolean {
    return this.#cache !== null && this.#memory.size === 0;
  }

  /** The hashes of all parts that are here; none where the browser cannot say. */
  async hashes(): Promise<Set<string>> {
    const requests = (await this.#cache?.keys().catch(() => [])) ?? [];
    const hashes = requests.map(({ url }) => hashIn(url)).filter((hash) => hash !== null);
    return new Set([...hashes, ...this.#memory.keys()]);
  }

  /** The part's bytes; `null` when it is not here, or not as it was written. */
  async read(part: Part): Promise<Uint8Array<ArrayBuffer> | null> {
    const inMemory = this.#memory.get(part.sha256);
    if (inMemory !== undefined) return inMemory;
    try {
      const response = await this.#cache?.match(partUrl(part.sha256));
      if (response === undefined) return null;
      const bytes = new Uint8Array(await response.arrayBuffer());
      if (bytes.byteLength === part.bytes) return bytes;
      await this.remove(part.sha256);
    } catch {
      // The browser took it away while we read: as good as not here.
    }
    return null;
  }

  /**
   * Keeps a verified part. Where the browser refuses for any reason but space, the part stays in memory.
   * @throws DOMException `QuotaExceededError` when the device has no room.
   */
  async write(part: Part, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    const headers = { 'Content-Type': 'application/octet-stream', 'Content-Length': String(part.bytes) };
    try {
      if (this.#cache === null) throw new Error('no cache');
      await this.#cache.put(partUrl(part.sha256), new Response(bytes, { headers }));
    } catch (error) {
      if (isQuotaExceeded(error)) throw error;
      this.#memory.set(part.sha256, bytes);
    }
  }

  async remove(sha256: string): Promise<void> {
    this.#memory.delete(sha256);
    await this.#cache?.delete(partUrl(sha256));
  }
}

/** The hash in a part's address; `null` for what another copy of the app at this origin keeps. */
function hashIn(url: string): string | null {
  return url.startsWith(PARTS_URL) ? url.slice(PARTS_URL.length, -'.part'.length) : null;
}
