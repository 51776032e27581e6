/**
 * What the build ships besides code: one package per model, `engine` (the inference engine and the voice-activity detector),
 * and the engine's builds with WebGPU. Each file is cut into parts that any static host takes; a part is named by its SHA-256 and never changes.
 */
import type { ModelId } from '../models.ts';

/** The engine's builds with WebGPU; a device needs one of them at most. */
export const GPU_ENGINE_IDS = ['engine-jspi', 'engine-asyncify'] as const;
export type GpuEngineId = (typeof GPU_ENGINE_IDS)[number];

export type PackageId = 'engine' | GpuEngineId | ModelId;

export interface Part {
  /** Lower-case hex. The part's name, on the server and in the cache. */
  readonly sha256: string;
  readonly bytes: number;
}

export interface PackedFile {
  readonly bytes: number;
  readonly sha256: string;
  /** In order; together they are the file. */
  readonly parts: readonly Part[];
}

export interface PackageManifest {
  /** What there is to download: every part once. */
  readonly bytes: number;
  readonly files: Readonly<Record<string, PackedFile>>;
}

/** The packages of this build. Models that the build leaves out are absent. */
export type Manifest = { readonly engine: PackageManifest } & {
  readonly [id in Exclude<PackageId, 'engine'>]?: PackageManifest;
};

/** Bytes to download per package, for pages that need no more than that. */
export type PackageSizes = { readonly engine: number } & { readonly [id in Exclude<PackageId, 'engine'>]?: number };

/** A package's parts, each once, with the name of the first file that needs it. */
export function partsOf(manifest: PackageManifest): Map<string, { readonly part: Part; readonly file: string }> {
  const parts = new Map<string, { part: Part; file: string }>();
  for (const [file, { parts: filesParts }] of Object.entries(manifest.files)) {
    for (const part of filesParts) if (!parts.has(part.sha256)) parts.set(part.sha256, { part, file });
  }
  return parts;
}
