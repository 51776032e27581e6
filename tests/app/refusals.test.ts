/** Browsers that refuse: the microphone, the storage, the memory. */
import { afterEach, expect, test } from 'vitest';
import { expectOneSession } from './support/app-page.ts';
import { Studio } from './support/studio.ts';

let studio: Studio;
afterEach(() => studio.close());

test('F18: where the browser keeps nothing it works in memory, and says so', async () => {
  studio = await Studio.open({ contentSettings: { cookies: 2 } });
  const complaints: string[] = [];
  const app = await studio.visit();
  app.page.on('pageerror', (error) => complaints.push(error.message));
  expect(await app.page.evaluate(() => caches.keys().then(String, String))).toMatch(/SecurityError/);
  await app.notice('This window keeps nothing for next time').waitFor({ timeout: 60_000 });
  const said = studio.microphone.hears('callback');
  await app.listenFor(said.durationMs);
  await app.stopAndWait();
  expect(await app.errorRate(said.text), await app.text()).toBeLessThanOrEqual(0.34);
  expect(await app.page.getByText('Ready offline').count()).toBe(0);
  await app.button('Settings').click();
  await app.page.getByText('Offline use is off: this browser keeps no files', { exact: false }).waitFor();
  expect(complaints).toEqual([]);
});

test('F20: too little memory for the model: a smaller one is suggested, and the app lives', async () => {
  studio = await Studio.open({ settings: { model: 'base' } });
  let give: () => void = () => undefined;
  const given = new Promise<void>((resolve) => (give = resolve));
  studio.server.network = (path) => (path.endsWith('.part') ? given : Promise.resolve());
  const app = await studio.visit();
  await expect.poll(() => app.workerCount('whisper'), { timeout: 20_000 }).toBe(1);
  // The engine starts with a quarter of this, and cannot have more.
  await app.worker('whisper').evaluate(() => {
    const { Memory } = WebAssembly;
    WebAssembly.Memory = class extends Memory {
      constructor(descriptor: WebAssembly.MemoryDescriptor) {
        super({ ...descriptor, maximum: Math.max(descriptor.initial, 1024) });
      }
    };
  });
  give();
  await app.notice('This device has too little memory for the model').waitFor({ timeout: 60_000 });

  await app.button('Use a smaller model').click();
  await app.modelReady();
  const said = studio.microphone.hears('callback');
  await app.listenFor(said.durationMs);
  await app.stopAndWait();
  expect(await app.errorRate(said.text), await app.text()).toBeLessThanOrEqual(0.34);
});

test('F22: a blocked microphone is named with its cure, and once allowed it works', async () => {
  studio = await Studio.open({ grantsMicrophone: false, contentSettings: { media_stream_mic: 2 } });
  const app = await studio.enter();
  await app.startButton.click();
  await app.notice('The microphone is blocked').waitFor();
  expect(await app.log()).toContain('failed: microphone-denied');
  expect(await app.microphones()).toEqual({ opened: 0, on: 0 });

  await studio.context.grantPermissions(['microphone']);
  const said = studio.microphone.hears('callback');
  await app.button('Try again').click();
  await app.says('Listening');
  await app.untilOpenFor(said.durationMs);
  await app.stopAndWait();
  expect(await app.errorRate(said.text), await app.text()).toBeLessThanOrEqual(0.34);
  expectOneSession(await app.log());
});

test('F23: a chosen microphone that is gone: the default one listens, and both are named', async () => {
  studio = await Studio.open({ settings: { microphone: { id: 'gone', label: 'Studio microphone' } } });
  const app = await studio.enter();
  await app.start();
  await app.notice('“Studio microphone” is not connected').waitFor();
  await app.notice(/^Using “.+” instead\.$/).waitFor();
  await app.stopAndWait();
  expect(await app.microphones()).toEqual({ opened: 1, on: 0 });
});
