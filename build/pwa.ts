import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { PluginOption } from 'vite';
import { VitePWA, type ManifestOptions } from 'vite-plugin-pwa';

/** Kept at installation. Models and the engine are not: they are kept, part by part, in a store of their own. */
const SHELL = ['{index.html,notices.txt}', 'assets/**/*.{js,mjs,css,woff2,svg,png}', 'icons/*'];
const LARGEST_SHELL_FILE_BYTES = 3_000_000;

/** Without `id`, an installed app is known by its `start_url`: right for every path it may be served from. */
const MANIFEST: Partial<ManifestOptions> = {
  name: 'Sotto',
  short_name: 'Sotto',
  description: 'Speech to text inside the browser. Works offline; nothing leaves your device.',
  lang: 'en',
  dir: 'ltr',
  start_url: './',
  scope: './',
  display: 'standalone',
  theme_color: '#faf7f1',
  background_color: '#faf7f1',
  categories: ['productivity', 'utilities'],
  screenshots: [
    { src: './screenshots/desktop-light.png', sizes: '1920x1200', type: 'image/png', form_factor: 'wide' },
    { src: './screenshots/phone-dark.png', sizes: '780x1688', type: 'image/png', form_factor: 'narrow' },
  ],
  icons: [
    { src: './icons/icon.svg', sizes: 'any', type: 'image/svg+xml' },
    { src: './icons/icon-192.png', sizes: '192x192', type: 'image/png' },
    { src: './icons/icon-512.png', sizes: '512x512', type: 'image/png' },
    { src: './icons/maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
  ],
};

/** Web manifest and service worker. Registering the worker is the app's own doing (`src/platform/service-worker.ts`). */
export function pwa(): PluginOption {
  let folder = '';
  return [
    {
      name: 'sotto:out-dir',
      configResolved(config) {
        folder = resolve(config.root, config.build.outDir);
      },
    },
    VitePWA({
      strategies: 'injectManifest',
      srcDir: join(import.meta.dirname, '..', 'workers'),
      filename: 'service-worker.ts',
      injectRegister: null,
      manifest: MANIFEST,
      includeManifestIcons: false,
      injectManifest: {
        rollupFormat: 'iife',
        globPatterns: SHELL,
        maximumFileSizeToCacheInBytes: LARGEST_SHELL_FILE_BYTES,
        manifestTransforms: [
          async (entries) => ({
            manifest: await Promise.all(
              entries.map(async (entry) => ({ ...entry, integrity: await integrityOf(join(folder, entry.url)) })),
            ),
          }),
        ],
      },
    }),
  ];
}

async function integrityOf(path: string): Promise<string> {
  const hash = createHash('sha256').update(await readFile(path));
  return `sha256-${hash.digest('base64')}`;
}
