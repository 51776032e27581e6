/**
 * The model on WebGPU, on the software adapter that Chromium brings: right, and slower than anything a person would choose, so
 * one short sentence says all there is to say. It takes minutes of all cores: `SOTTO_GPU_TESTS=1` asks for it.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { errorRate, expectOneSession, expectOrder, framesDropped } from './support/app-page.ts';
import { Studio } from './support/studio.ts';

const SOFTWARE_GPU = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader', '--enable-features=Vulkan'];
/** Shaders are compiled, and then run, by the CPU. */
const PATIENCE_MS = 170_000;
const TEST_MS = PATIENCE_MS + 30_000;

describe.runIf(process.env['SOTTO_GPU_TESTS'] === '1')('on the software adapter', () => {
  let studio: Studio;
  beforeAll(async () => {
    studio = await Studio.open({ settings: { device: 'webgpu' }, browserArgs: SOFTWARE_GPU });
  });
  afterAll(() => studio.close());

  test(
    'on WebGPU the words are those that were said',
    async () => {
      const app = await studio.enter();
      await app.button('Settings').click();
      await app.page.getByText('Now on the GPU.').waitFor();
      await app.page.keyboard.press('Escape');
      const said = studio.microphone.hears('callback');
      await app.listenFor(said.durationMs);
      await app.stopAndWait(PATIENCE_MS);
      const lines = await app.log();
      expectOrder(lines, [/^started$/, /^result/, /^stopped$/]);
      expect(lines.filter((line) => /starts again/.test(line))).toEqual([]);
      expect(await app.text()).toMatch(/call me back after lunch/i);
      await app.page.close();
    },
    TEST_MS,
  );

  test(
    'F19: when the GPU is lost in mid-utterance, the CPU goes on with the same audio',
    async () => {
      const app = await studio.enter();
      const said = studio.microphone.hears('nurse');
      await app.listenFor(4000);
      const devtools = await studio.devtools(app);
      await devtools.send('Browser.crashGpuProcess');
      await app.untilOpenFor(said.durationMs);
      await app.stopAndWait(PATIENCE_MS);
      const lines = await app.log();
      expectOrder(lines, [
        /^engine-failed .*the recogniser starts again$/,
        /^model ready: .* on wasm/,
        /^result/,
        /^stopped$/,
      ]);
      expectOneSession(lines);
      expect(framesDropped(lines)).toBe(0);
      expect(errorRate(said.text, await app.text()), await app.text()).toBeLessThanOrEqual(0.2);
    },
    TEST_MS,
  );
});
