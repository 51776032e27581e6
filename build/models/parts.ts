import { mkdir, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { partsOf, type PackageManifest, type PackedFile, type Part } from '../../src/recognizer/packages/manifest.ts';
import { sha256 } from './sources.ts';

/** A broken download repeats this much at most. */
export const PART_BYTES = 4 * 1024 * 1024;

/** The cut of one file: its manifest entry and the bytes of each part. */
export function cutFile(bytes: Uint8Array, partBytes = PART_BYTES): { entry: PackedFile; pieces: Uint8Array[] } {
  const pieces: Uint8Array[] = [];
  for (let start = 0; start < bytes.byteLength; start += partBytes)
    pieces.push(bytes.subarray(start, start + partBytes));
  const parts = pieces.map((piece) => ({ sha256: sha256(piece), bytes: piece.byteLength }));
  return { entry: { bytes: bytes.byteLength, sha256: sha256(bytes), parts }, pieces };
}

/**
 * Cuts the files of one package into parts and writes each part into `folder` under its hash. A part that is there already,
 * from this package or another, is not written again.
 */
export async function packFiles(
  files: Readonly<Record<string, Uint8Array>>,
  folder: string,
  partBytes = PART_BYTES,
): Promise<PackageManifest> {
  await mkdir(folder, { recursive: true });
  const packed: Record<string, PackedFile> = {};
  for (const [name, bytes] of Object.entries(files)) {
    const { entry, pieces } = cutFile(bytes, partBytes);
    packed[name] = entry;
    for (const [index, part] of entry.parts.entries()) await writePart(folder, part, pieces[index] as Uint8Array);
  }
  const manifest = { bytes: 0, files: packed };
  return { ...manifest, bytes: [...partsOf(manifest).values()].reduce((sum, { part }) => sum + part.bytes, 0) };
}

/** Written aside and renamed: a part under its name is whole, also when two builds run at once or one is killed. */
async function writePart(folder: string, part: Part, bytes: Uint8Array): Promise<void> {
  const path = join(folder, partName(part));
  if (await hasPart(folder, part)) return;
  const aside = `${path}.${process.pid}`;
  await writeFile(aside, bytes);
  await rename(aside, path);
}

export const partName = (part: Part): string => `${part.sha256}.part`;

export async function hasPart(folder: string, part: Part): Promise<boolean> {
  const found = await stat(join(folder, partName(part))).catch(() => null);
  return found?.size === part.bytes;
}
