import manifest from 'virtual:sotto-packages';
import { exclusively } from './lock.ts';
import { partsOf, type PackageId, type PackageManifest } from './manifest.ts';
import { PartStore } from './part-store.ts';

/** How much of a package is on this device, in bytes. */
export interface Stored {
  readonly complete: boolean;
  readonly storedBytes: number;
  readonly totalBytes: number;
}

/** @throws RangeError when this build does not ship the package. */
export function manifestOf(id: PackageId): PackageManifest {
  const entry = manifest[id];
  if (entry === undefined) throw new RangeError(`id: this build ships ${Object.keys(manifest).join(', ')}, not ${id}`);
  return entry;
}

/** What is on this device of a package, looked up anew each time: the browser may have evicted it (F17). */
export async function stored(id: PackageId): Promise<Stored> {
  const entry = manifestOf(id);
  const hashes = await (await PartStore.open()).hashes();
  return storedOf(entry, hashes);
}

export function storedOf(entry: PackageManifest, hashes: ReadonlySet<string>): Stored {
  let storedBytes = 0;
  for (const { part } of partsOf(entry).values()) if (hashes.has(part.sha256)) storedBytes += part.bytes;
  return { complete: storedBytes === entry.bytes, storedBytes, totalBytes: entry.bytes };
}

/** Removes a package from this device, but for parts that another whole package needs. Waits for a download of it to end. */
export async function forget(id: PackageId): Promise<void> {
  const entry = manifestOf(id);
  await exclusively(
    id,
    undefined,
    () => {},
    async () => {
      const store = await PartStore.open();
      const hashes = await store.hashes();
      const others = Object.values(manifest).filter((other) => other !== entry && storedOf(other, hashes).complete);
      const needed = new Set(others.flatMap((other) => [...partsOf(other).keys()]));
      for (const sha256 of partsOf(entry).keys()) if (!needed.has(sha256)) await store.remove(sha256);
    },
  );
}

/** Removes parts that no package of this build names. For the moment when no tab of an older version is left. */
export async function prune(): Promise<void> {
  const store = await PartStore.open();
  const named = new Set(Object.values(manifest).flatMap((entry) => [...partsOf(entry).keys()]));
  for (const sha256 of await store.hashes()) if (!named.has(sha256)) await store.remove(sha256);
}
