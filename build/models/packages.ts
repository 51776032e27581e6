/** Makes the packages of a build: everything the app downloads besides its code. */
import { mkdir, readFile, readdir, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { MODELS, type Model } from '../../src/recognizer/models.ts';
import {
  GPU_ENGINE_IDS,
  partsOf,
  type GpuEngineId,
  type Manifest,
  type PackageManifest,
} from '../../src/recognizer/packages/manifest.ts';
import { hasPart, packFiles } from './parts.ts';
import { placesOf } from './places.ts';
import { prepare } from './prepare.ts';
import type { ModelSettings } from './settings.ts';
import { readSources, sha256 } from './sources.ts';

export interface BuiltPackages {
  readonly manifest: Manifest;
  /** Holds every part of the manifest as `<sha256>.part`, and possibly others. */
  readonly partsFolder: string;
}

/** The folder below `node_modules` where results are kept, so that a second build takes no time. */
const CACHE = 'node_modules/.cache/sotto';

/** Raised when packages made by an older build must not be taken for ours. */
const FORMAT = 1;

export async function buildPackages(root: string, settings: ModelSettings): Promise<BuiltPackages> {
  const partsFolder = join(root, CACHE, 'parts');
  const places = placesOf(settings, root);
  const graphEditor = await hashFolder(join(root, 'workers/whisper/graph'));
  const packages: [string, PackageManifest][] = [['engine', await packFiles(await engineFiles(root), partsFolder)]];
  for (const id of GPU_ENGINE_IDS) packages.push([id, await packFiles(await gpuEngineFiles(root, id), partsFolder)]);
  for (const id of settings.models) {
    const model = MODELS[id];
    const made = async () => packFiles(prepare(model, await readSources(model, places)), partsFolder);
    packages.push([id, await kept(join(root, CACHE, 'packages'), keyOf(model, graphEditor), partsFolder, made)]);
  }
  return { manifest: Object.fromEntries(packages) as unknown as Manifest, partsFolder };
}

/** ONNX Runtime's CPU build and the newest Silero voice-activity detector. */
async function engineFiles(root: string): Promise<Record<string, Uint8Array>> {
  const require = createRequire(join(root, 'package.json'));
  const engine = require.resolve('onnxruntime-web/ort-wasm-simd-threaded.wasm');
  const vad = join(dirname(require.resolve('@ricky0123/vad-web/package.json')), 'dist/silero_vad_v6.onnx');
  return { 'ort-wasm-simd-threaded.wasm': await readFile(engine), 'silero_vad.onnx': await readFile(vad) };
}

/** ONNX Runtime with WebGPU, one build a package. */
async function gpuEngineFiles(root: string, id: GpuEngineId): Promise<Record<string, Uint8Array>> {
  const name = `ort-wasm-simd-threaded.${id.replace('engine-', '')}.wasm`;
  const require = createRequire(join(root, 'package.json'));
  return { [name]: await readFile(require.resolve(`onnxruntime-web/${name}`)) };
}

/** Same published bytes, same graph editor: same package. */
const keyOf = (model: Model, graphEditor: string): string =>
  sha256(Buffer.from(JSON.stringify([FORMAT, model, graphEditor])));

async function hashFolder(folder: string): Promise<string> {
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.ts')).sort();
  const hashes = await Promise.all(names.map(async (name) => `${name} ${sha256(await readFile(join(folder, name)))}`));
  return sha256(Buffer.from(hashes.join('\n')));
}

/** The package kept under `key`, when all its parts are still there; otherwise a new one. */
async function kept(
  folder: string,
  key: string,
  partsFolder: string,
  make: () => Promise<PackageManifest>,
): Promise<PackageManifest> {
  const path = join(folder, `${key}.json`);
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text !== null) {
    const manifest = JSON.parse(text) as PackageManifest;
    const present = await Promise.all([...partsOf(manifest).values()].map(({ part }) => hasPart(partsFolder, part)));
    if (present.every(Boolean)) return manifest;
  }
  const manifest = await make();
  await mkdir(folder, { recursive: true });
  await writeFile(`${path}.${process.pid}`, JSON.stringify(manifest));
  await rename(`${path}.${process.pid}`, path);
  return manifest;
}
