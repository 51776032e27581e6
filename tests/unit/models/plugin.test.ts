import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, createServer, type InlineConfig } from 'vite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fileLimitPlugin } from '../../../build/models/file-limit.ts';
import { packFiles } from '../../../build/models/parts.ts';
import { packagesPlugins, type PackagesPlugins } from '../../../build/models/plugin.ts';
import type { Manifest } from '../../../src/recognizer/packages/manifest.ts';

let root: string;
let manifest: Manifest;
let packages: PackagesPlugins;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'sotto-plugin-'));
  const partsFolder = join(root, 'parts');
  const shared = Buffer.from('the same in both');
  manifest = {
    engine: await packFiles({ 'engine.wasm': Buffer.from('engine') }, partsFolder, 8),
    tiny: await packFiles({ 'a.onnx': Buffer.from('tiny weights'), 'tokenizer.json': shared }, partsFolder, 8),
    base: await packFiles({ 'a.onnx': Buffer.from('base weights'), 'tokenizer.json': shared }, partsFolder, 8),
  };
  packages = packagesPlugins(() => Promise.resolve({ manifest, partsFolder }));
  await writeFile(join(root, 'index.html'), '<script type="module" src="./main.js"></script>');
  await writeFile(
    join(root, 'main.js'),
    "import sizes from 'virtual:sotto-packages/sizes';\ndocument.title = sizes.tiny;",
  );
});
afterEach(() => rm(root, { recursive: true }));

const config = (extra: InlineConfig = {}): InlineConfig => ({
  root,
  base: './',
  configFile: false,
  logLevel: 'silent',
  ...extra,
  plugins: [...packages.app, fileLimitPlugin(1000)],
});

const hashes = () =>
  new Set(
    Object.values(manifest).flatMap((entry) =>
      Object.values(entry.files).flatMap((file) => file.parts.map((part) => part.sha256)),
    ),
  );

describe('the build', () => {
  test('has every part once, under its hash', async () => {
    await build(config());
    expect((await readdir(join(root, 'dist/models'))).sort()).toEqual(
      [...hashes()].map((hash) => `${hash}.part`).sort(),
    );
  });

  test('keeps hashes out of a script that asks for sizes alone', async () => {
    await build(config());
    const [script] = await readdir(join(root, 'dist/assets'));
    const text = await readFile(join(root, 'dist/assets', script!), 'utf8');
    expect(text).toContain(String(manifest.tiny!.bytes));
    for (const hash of hashes()) expect(text).not.toContain(hash);
  });

  test('fails over a file that is too large, wherever it comes from, and names it', async () => {
    await mkdir(join(root, 'public'));
    await writeFile(join(root, 'public/film.mp4'), Buffer.alloc(1001));
    await expect(build(config())).rejects.toThrow(/larger than 1000 bytes.*film\.mp4 \(1001 bytes\)/);
  });

  test('takes a file of just the limit', async () => {
    await mkdir(join(root, 'public'));
    await writeFile(join(root, 'public/film.mp4'), Buffer.alloc(1000));
    await expect(build(config())).resolves.toBeDefined();
  });
});

describe('the development server', () => {
  test('has the same parts at the same addresses', async () => {
    const server = await createServer(config({ server: { port: 0, host: '127.0.0.1' } }));
    try {
      await server.listen();
      const origin = server.resolvedUrls!.local[0]!;
      const { sha256, bytes } = manifest.tiny!.files['a.onnx']!.parts[0]!;
      const response = await fetch(new URL(`models/${sha256}.part`, origin));
      expect(response.headers.get('content-length')).toBe(String(bytes));
      expect(await response.text()).toBe('tiny wei');
      const module = await server.ssrLoadModule('virtual:sotto-packages');
      expect(module).toMatchObject({ default: manifest, partsFolder: '/models/' });
      const unknown = await fetch(new URL(`models/${'0'.repeat(64)}.part`, origin));
      expect(unknown.status).toBe(404);
    } finally {
      await server.close();
    }
  });
});
