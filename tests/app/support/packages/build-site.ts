import { join } from 'node:path';
import { build } from 'vite';
import { packFiles } from '../../../../build/models/parts.ts';
import { packagesPlugins } from '../../../../build/models/plugin.ts';
import type { Manifest } from '../../../../src/recognizer/packages/manifest.ts';

/** Small parts, so that a package of a few hundred kB has many. */
export const PART_BYTES = 64 * 1024;

/** The same bytes for the same seed, without two parts alike (xorshift32). */
function noise(byteCount: number, seed: number): Uint8Array {
  const words = new Uint32Array(Math.ceil(byteCount / 4));
  let state = seed;
  for (let index = 0; index < words.length; index++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    words[index] = state;
  }
  return new Uint8Array(words.buffer, 0, byteCount);
}

/** Builds a page around the package store, with small packages, into `folder`. */
export async function buildSite(folder: string, partsFolder: string): Promise<Manifest> {
  const tokenizer = noise(20_000, 1);
  const manifest: Manifest = {
    engine: await packFiles({ 'engine.wasm': noise(40_000, 2) }, partsFolder, PART_BYTES),
    tiny: await packFiles({ 'decoder.onnx': noise(300_000, 3), 'tokenizer.json': tokenizer }, partsFolder, PART_BYTES),
    base: await packFiles({ 'decoder.onnx': noise(200_000, 4), 'tokenizer.json': tokenizer }, partsFolder, PART_BYTES),
  };
  const packages = packagesPlugins(() => Promise.resolve({ manifest, partsFolder }));
  await build({
    root: join(import.meta.dirname, 'site'),
    base: './',
    configFile: false,
    logLevel: 'error',
    plugins: [...packages.app],
    worker: { format: 'es', plugins: () => [packages.worker()] },
    build: { outDir: folder, emptyOutDir: true, target: 'es2022' },
  });
  return manifest;
}
