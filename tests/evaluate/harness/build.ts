import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { build } from 'vite';
import { buildPackages } from '../../../build/models/packages.ts';
import { packagesPlugins } from '../../../build/models/plugin.ts';
import { readSettings } from '../../../build/models/settings.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const OUT_DIR = join(ROOT, 'node_modules', '.cache', 'sotto', 'harness');

/** What the build is made of: when none of it changed, the last build is used again. */
const SOURCES = ['src', 'workers', 'build', 'tests/evaluate/harness', 'package-lock.json'];

/**
 * Builds the harness page from the very modules, workers and model files the app is built from: the app itself carries no
 * measuring code. No service worker here, and no limit on file sizes: the stock pipeline brings an engine of 27 MB.
 * @returns the folder with the build.
 */
export async function buildHarness(): Promise<string> {
  const stampFile = join(OUT_DIR, 'sources.sha256');
  const stamp = fingerprint(SOURCES.map((source) => join(ROOT, source)));
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return OUT_DIR;
  const packages = packagesPlugins(() => buildPackages(ROOT, readSettings(process.env)));
  await build({
    root: import.meta.dirname,
    configFile: false,
    base: './',
    logLevel: 'error',
    plugins: [svelte(), ...packages.app],
    worker: { format: 'es', plugins: () => [packages.worker()] },
    build: { target: 'es2022', outDir: OUT_DIR, emptyOutDir: true },
  });
  writeFileSync(stampFile, stamp);
  return OUT_DIR;
}

/** Changes when a file below is added, removed or written. */
function fingerprint(paths: readonly string[]): string {
  const hash = createHash('sha256');
  const visit = (path: string): void => {
    const stat = statSync(path);
    if (!stat.isDirectory()) hash.update(`${path} ${stat.size} ${stat.mtimeMs}\n`);
    else for (const name of readdirSync(path).sort()) visit(join(path, name));
  };
  paths.forEach(visit);
  return hash.digest('hex');
}
