/**
 * Ships the models and the engine with the app: `models/<sha256>.part` in the output (and on the development server), and the
 * list of them as a module.
 */
import { createReadStream } from 'node:fs';
import { copyFile, mkdir } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join, posix } from 'node:path';
import type { Plugin } from 'vite';
import { partsOf, type Manifest, type PackageSizes } from '../../src/recognizer/packages/manifest.ts';
import { buildPackages, type BuiltPackages } from './packages.ts';
import { partName } from './parts.ts';
import { readSettings } from './settings.ts';

const MANIFEST = 'virtual:sotto-packages';
const SIZES = 'virtual:sotto-packages/sizes';

export interface PackagesPlugins {
  /** For `plugins`: the modules, the parts in the output, the parts on the development server. */
  readonly app: readonly Plugin[];
  /** For `worker.plugins`: the modules alone. */
  readonly worker: () => Plugin;
}

/** @param make makes the packages of the project at `root`; called once, when first needed. */
export function packagesPlugins(
  make: (root: string) => Promise<BuiltPackages> = (root) => buildPackages(root, readSettings(process.env)),
): PackagesPlugins {
  let made: Promise<BuiltPackages> | null = null;
  let root = process.cwd();
  const packages = () =>
    (made ??= make(root).catch((error: unknown) => {
      made = null;
      throw error;
    }));
  const parts: Plugin = {
    name: 'sotto-packages-parts',
    configResolved(config) {
      root = config.root;
    },
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        servePart(request, response, packages).then((served) => {
          if (!served) next();
        }, next);
      });
    },
    async writeBundle({ dir }) {
      if (dir === undefined) return;
      const { manifest, partsFolder } = await packages();
      await mkdir(join(dir, 'models'), { recursive: true });
      for (const entry of Object.values(manifest)) {
        for (const { part } of partsOf(entry).values()) {
          await copyFile(join(partsFolder, partName(part)), join(dir, 'models', partName(part)));
        }
      }
    },
  };
  return {
    app: [modules(packages), parts],
    worker: () => modules(packages),
  };
}

/** @returns whether the request was for a part. */
async function servePart(
  request: IncomingMessage,
  response: ServerResponse,
  packages: () => Promise<BuiltPackages>,
): Promise<boolean> {
  const hash = /\/models\/([0-9a-f]{64})\.part$/.exec(request.url ?? '')?.[1];
  if (hash === undefined) return false;
  const { manifest, partsFolder } = await packages();
  const part = Object.values(manifest)
    .map((entry) => partsOf(entry).get(hash)?.part)
    .find((found) => found !== undefined);
  if (part === undefined) {
    response.writeHead(404).end();
    return true;
  }
  response.setHeader('Content-Type', 'application/octet-stream');
  response.setHeader('Content-Length', part.bytes);
  createReadStream(join(partsFolder, partName(part)))
    .on('error', () => response.destroy())
    .pipe(response);
  return true;
}

function modules(packages: () => Promise<BuiltPackages>): Plugin {
  let partsFolder = '';
  return {
    name: 'sotto-packages',
    configResolved({ command, base, build }) {
      // Up from `assets/`, where scripts are emitted; the development server has them at the paths of their sources.
      partsFolder = command === 'serve' ? `${base}models/` : `${posix.relative(build.assetsDir, 'models')}/`;
    },
    resolveId: (id) => (id === MANIFEST || id === SIZES ? `\0${id}` : null),
    async load(id) {
      if (id === `\0${SIZES}`) return `export default ${JSON.stringify(sizesOf((await packages()).manifest))};`;
      if (id !== `\0${MANIFEST}`) return null;
      const { manifest } = await packages();
      return `export default ${JSON.stringify(manifest)};\nexport const partsFolder = ${JSON.stringify(partsFolder)};`;
    },
  };
}

const sizesOf = (manifest: Manifest): PackageSizes =>
  Object.fromEntries(Object.entries(manifest).map(([id, { bytes }]) => [id, bytes])) as unknown as PackageSizes;
