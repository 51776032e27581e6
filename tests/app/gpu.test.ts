/**
 * The model on WebGPU, on the software adapter that Chromium brings: right, and so slow that each of both builds of the engine does
 * here what only it can show.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PART_BYTES } from '../../build/models/parts.ts';
import type { Verdict } from '../../src/recognizer/device/verdict.ts';
import { errorRate, expectOneSession, expectOrder, framesDropped, type AppPage } from './support/app-page.ts';
import { BUILD, Studio } from './support/studio.ts';

const SOFTWARE_GPU = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader', '--enable-features=Vulkan'];
const ENGINES = join(import.meta.dirname, '../../node_modules/onnxruntime-web/dist');
/** Shaders are compiled, and then run, by the CPU. */
const PATIENCE_MS = 150_000;
const TEST_MS = 2 * PATIENCE_MS;

const openStudio = (): Promise<Studio> => Studio.open({ settings: { device: 'webgpu' }, browserArgs: SOFTWARE_GPU });

async function enter(studio: Studio): Promise<AppPage> {
  const app = await studio.visit();
  await app.modelReady(PATIENCE_MS);
  await app.button('Settings').click();
  await app.page.getByText('Now on the GPU.').waitFor();
  return app;
}

describe('on trial', { timeout: TEST_MS }, () => {
  let studio: Studio;
  let app: AppPage;
  beforeAll(async () => {
    studio = await openStudio();
  });
  afterAll(() => studio.close());

  test('a GPU gets the words right, and does not keep the work where the processor is faster', async () => {
    app = await enter(studio);
    await app.page.getByText(/The GPU (took|got|did)/).waitFor({ timeout: PATIENCE_MS });
    const { holdsFor, verdict } = await storedVerdict(app);
    expect(holdsFor).toMatch(/swiftshader/);
    // Not `wrong-text`: it has heard what the clip says.
    expect(verdict).toMatchObject({ plan: { device: 'wasm' }, gpu: { outcome: 'slower' } });
    expect(verdict.gpu?.passMs).toBeGreaterThan(verdict.cpu.passMs);
    // It was wished for.
    expect(await app.page.getByText('Now on the GPU.').isVisible()).toBe(true);

    expect(downloaded(studio)).toEqual(['jspi']);

    await app.page.getByLabel('Device', { exact: true }).selectOption('Automatic');
    await app.page.getByText(/^Now on the processor.*The GPU took/).waitFor();
  });

  test('what came of it is known at the next visit', async () => {
    await app.page.reload();
    await app.modelReady();
    await app.button('Settings').click();
    await app.page.getByText(/^Now on the processor.*The GPU took/).waitFor();
    expect(studio.server.requests.filter((request) => /\/clip-[^/]+\.wav$/.test(request))).toHaveLength(1);
  });
});

test(
  'F19: when the GPU is lost in mid-utterance, the CPU goes on with the same audio',
  { timeout: TEST_MS },
  async () => {
    const studio = await openStudio();
    try {
      hidePromiseIntegration(studio);
      const app = await enter(studio);
      await app.page.keyboard.press('Escape');
      const said = studio.microphone.hears('nurse');
      await app.listenFor(3000);
      await studio.crashGpu();
      await app.notice('The GPU failed').waitFor();
      await app.untilOpenFor(said.durationMs);
      await app.stopAndWait(PATIENCE_MS);
      const lines = await app.log();
      expect(errorRate(said.text, await app.text()), await app.text()).toBeLessThanOrEqual(0.2);
      expectOrder(lines, [
        /^inference on/,
        /^engine-failed .*the recogniser starts again$/,
        /^model ready: .* on wasm/,
        /^result/,
        /^stopped$/,
      ]);
      expectOneSession(lines);
      expect(framesDropped(lines)).toBe(0);
      expect(downloaded(studio)).toEqual(['asyncify']);
    } finally {
      await studio.close();
    }
  },
);

async function storedVerdict(app: AppPage): Promise<{ holdsFor: string; verdict: Verdict }> {
  const stored = await app.page.evaluate(() => localStorage.getItem('sotto-device-tiny') ?? 'null');
  return JSON.parse(stored) as { holdsFor: string; verdict: Verdict };
}

/** The builds of the engine with WebGPU of which a part was asked for. */
function downloaded({ server }: Studio): string[] {
  return ['jspi', 'asyncify'].filter((build) => {
    const binary = readFileSync(join(ENGINES, `ort-wasm-simd-threaded.${build}.wasm`));
    const sha256 = createHash('sha256').update(binary.subarray(0, PART_BYTES)).digest('hex');
    return server.requests.some((request) => request.includes(sha256));
  });
}

/** As in browsers whose WebAssembly cannot wait for a promise: they get the other build of the engine. */
function hidePromiseIntegration(studio: Studio): void {
  const name = readdirSync(join(BUILD, 'assets')).find((file) => /^whisper\.worker.*\.js$/.test(file)) ?? '';
  const script = readFileSync(join(BUILD, 'assets', name), 'utf8');
  const body = `delete WebAssembly.Suspending; delete WebAssembly.promising;\n${script}`;
  studio.server.faults.set(`assets/${name}`, { type: 'body', body, contentType: 'text/javascript' });
}
