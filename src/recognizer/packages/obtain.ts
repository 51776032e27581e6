import { FailureError } from '../../platform/failure.ts';
import { isQuotaExceeded } from '../../platform/quota.ts';
import { downloadPart } from './download.ts';
import { exclusively } from './lock.ts';
import { partsOf, type PackageId, type PackageManifest, type Part } from './manifest.ts';
import { PartStore } from './part-store.ts';
import { manifestOf, storedOf } from './stored.ts';

export interface Progress {
  /** The file being downloaded. */
  readonly file: string;
  /** Verified parts and what has arrived of the next one. Falls back when a part must be repeated. */
  readonly loadedBytes: number;
  readonly totalBytes: number;
  /** Another thread or tab downloads this package; these are its bytes (F15). */
  readonly waiting: boolean;
}

export interface ObtainOptions {
  /** Ends the download at any moment; what is verified is kept. */
  readonly signal?: AbortSignal;
  /** At most about ten times a second. */
  readonly onProgress?: (progress: Progress) => void;
}

/** A package that is wholly here. */
export interface PackageFiles {
  /** Whether it will be here next time; `false` in a private window or with storage blocked, where it lives in memory (F18). */
  readonly kept: boolean;
  /**
   * One file, put together anew at each call.
   * @throws RangeError when the package has no such file; what {@link obtain} throws when the browser has evicted it meanwhile.
   */
  bytes(name: string): Promise<Uint8Array<ArrayBuffer>>;
}

/**
 * Makes a package available: what is missing is downloaded part by part, each verified before it is kept, so that an
 * interrupted download goes on where it was (F10, F11). In any worker or page.
 * @throws FailureError `offline-without-model`, `download-interrupted`, `download-refused`, `download-corrupt`, `storage-full`.
 * @throws the signal's reason when it is aborted.
 */
export async function obtain(id: PackageId, options: ObtainOptions = {}): Promise<PackageFiles> {
  const { signal } = options;
  signal?.throwIfAborted();
  const store = await PartStore.open();
  const supply = new Supply(manifestOf(id), store, options);
  if (!(await supply.complete())) {
    await exclusively(
      id,
      signal,
      (waiting) => {
        void supply.reportOther(() => !waiting.disposed);
      },
      () => supply.fill(),
    );
  }
  return {
    get kept() {
      return store.kept;
    },
    bytes: (name) => supply.assemble(name),
  };
}

const REPORT_EVERY_MS = 100;

/** One package on its way from the server to the store to whoever wants its files. */
class Supply {
  readonly #entry: PackageManifest;
  readonly #store: PartStore;
  readonly #options: ObtainOptions;
  #verifiedBytes = 0;
  #reached = false;
  #reportedMs = -Infinity;

  constructor(entry: PackageManifest, store: PartStore, options: ObtainOptions) {
    this.#entry = entry;
    this.#store = store;
    this.#options = options;
  }

  async complete(): Promise<boolean> {
    return storedOf(this.#entry, await this.#store.hashes()).complete;
  }

  /** Downloads what is missing. */
  async fill(): Promise<void> {
    const hashes = await this.#store.hashes();
    const { storedBytes, totalBytes } = storedOf(this.#entry, hashes);
    this.#verifiedBytes = storedBytes;
    await this.#checkRoom(totalBytes - storedBytes);
    for (const { part, file } of partsOf(this.#entry).values()) {
      if (!hashes.has(part.sha256)) await this.#bring(part, file);
    }
  }

  /** Tells how far the other thread is that has the turn. */
  async reportOther(stillWaiting: () => boolean): Promise<void> {
    const hashes = await this.#store.hashes();
    const missing = [...partsOf(this.#entry).values()].find(({ part }) => !hashes.has(part.sha256));
    if (missing === undefined || !stillWaiting()) return;
    this.#report(missing.file, storedOf(this.#entry, hashes).storedBytes, true);
  }

  async assemble(name: string): Promise<Uint8Array<ArrayBuffer>> {
    const file = this.#entry.files[name];
    if (file === undefined)
      throw new RangeError(`name: the package holds ${Object.keys(this.#entry.files).join(', ')}`);
    const bytes = new Uint8Array(file.bytes);
    let offset = 0;
    for (const part of file.parts) {
      bytes.set((await this.#store.read(part)) ?? (await this.#bring(part, name)), offset);
      offset += part.bytes;
    }
    return bytes;
  }

  async #bring(part: Part, file: string): Promise<Uint8Array<ArrayBuffer>> {
    const { signal } = this.#options;
    const bytes = await downloadPart({
      part,
      file,
      signal,
      reached: () => this.#reached,
      onBytes: (received) => {
        this.#reached ||= received > 0;
        this.#report(file, this.#verifiedBytes + received, false);
      },
    });
    try {
      await this.#store.write(part, bytes);
    } catch (error) {
      if (!isQuotaExceeded(error)) throw error;
      throw storageFull(this.#entry.bytes - this.#verifiedBytes, await freeBytes());
    }
    this.#verifiedBytes += part.bytes;
    this.#reportedMs = -Infinity;
    this.#report(file, this.#verifiedBytes, false);
    return bytes;
  }

  /** Where the browser says beforehand that there is no room, nothing is downloaded in vain (F16). */
  async #checkRoom(neededBytes: number): Promise<void> {
    if (!this.#store.kept) return;
    const free = await freeBytes();
    if (free !== null && free < neededBytes) throw storageFull(neededBytes, free);
  }

  #report(file: string, loadedBytes: number, waiting: boolean): void {
    const nowMs = performance.now();
    if (nowMs - this.#reportedMs < REPORT_EVERY_MS) return;
    this.#reportedMs = nowMs;
    this.#options.onProgress?.({ file, loadedBytes, totalBytes: this.#entry.bytes, waiting });
  }
}

/** A browser that has just refused for want of room does not know how much there is, when it says that there is enough. */
function storageFull(neededBytes: number, free: number | null): FailureError {
  const freeBytes = free !== null && free < neededBytes ? free : null;
  return new FailureError({ name: 'storage-full', neededBytes, freeBytes });
}

/**
 * Room left for this origin; `null` where the browser does not say. Chromium says about 10 GiB whatever there is, so as not
 * to identify the device.
 */
async function freeBytes(): Promise<number | null> {
  try {
    const { quota, usage } = await navigator.storage.estimate();
    return quota === undefined || usage === undefined ? null : Math.max(quota - usage, 0);
  } catch {
    return null;
  }
}
