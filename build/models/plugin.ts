/**
 * Ships the models and the engine with the app: `models/<sha256>.part` in the output (and on the development server), and the
 * list of them as a module.
 */
import { createReadStream } from 'node:fs';
import { copyFile, mkdir, readdir, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join, relative, resolve } from 'node:path';
import type { Plugin } from 'vite';
import { partsOf, type PackageSizes } from '../../src/recognizer/packages/manifest.ts';
import { buildPackages, type BuiltPackages } from './packages.ts';
import { partName } from './parts.ts';
import { readSettings } from './settings.ts';

const MANIFEST = 'virtual:sotto-packages';
const SIZES = 'virtual:sotto-packages/sizes';

/** What the strictest of the static hosts we name would take, with room to spare. */
export const MAX_FILE_BYTES = 20_000_000;

export interface PackagesPlugins {
  /** For `plugins`: the modules, the parts in the output, the parts on the development server. */
  readonly app: Plugin;
  /** For `worker.plugins`: the modules alone. */
  readonly worker: () => Plugin;
}

/** @param make makes the packages of the project at `root`; called once, when first needed. */
export function packagesPlugins(
  make: (root: string) => Promise<BuiltPackages> = (root) => buildPackages(root, readSettings(process.env)),
): PackagesPlugins {
  let made: Promise<BuiltPackages> | null = null;
  let root = process.cwd();
  const packages = () => (made ??= make(root));
  return {
    app: {
      ...modules('sotto-packages', packages),
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
    },
    worker: () => modules('sotto-packages-worker', packages),
  };
}

/** @returns whether the request was for a part of these packages. */
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
  if (part === undefined) return false;
  response.setHeader('Content-Type', 'application/octet-stream');
  response.setHeader('Content-Length', part.bytes);
  createReadStream(join(partsFolder, partName(part))).pipe(response);
  return true;
}

function modules(name: string, packages: () => Promise<BuiltPackages>): Plugin {
  return {
    name,
    resolveId: (id) => (id === MANIFEST || id === SIZES ? `\0${id}` : null),
    async load(id) {
      if (id === `\0${MANIFEST}`) return `export default ${JSON.stringify((await packages()).manifest)};`;
      if (id !== `\0${SIZES}`) return null;
      const entries = Object.entries((await packages()).manifest).map(([id, { bytes }]) => [id, bytes]);
      return `export default ${JSON.stringify(Object.fromEntries(entries) as PackageSizes)};`;
    },
  };
}

/** Fails the build over a file that some static host would refuse. Comes last among the plugins: it looks at all of the output. */
export function fileLimitPlugin(limitBytes = MAX_FILE_BYTES): Plugin {
  let folder = '';
  return {
    name: 'sotto-file-limit',
    apply: 'build',
    configResolved(config) {
      folder = resolve(config.root, config.build.outDir);
    },
    closeBundle: {
      order: 'post',
      sequential: true,
      async handler() {
        await checkFileSizes(folder, limitBytes);
      },
    },
  };
}

/** @throws Error naming every file below `folder` that is larger than `limitBytes`. */
export async function checkFileSizes(folder: string, limitBytes: number): Promise<void> {
  const names = await readdir(folder, { recursive: true });
  const sizes = await Promise.all(names.map(async (name) => ({ name, found: await stat(join(folder, name)) })));
  const large = sizes.filter(({ found }) => found.isFile() && found.size > limitBytes);
  if (large.length === 0) return;
  const list = large.map(({ name, found }) => `${relative('.', join(folder, name))} (${found.size} bytes)`).join(', ');
  throw new Error(`larger than ${limitBytes} bytes, which static hosts refuse: ${list}`);
}
