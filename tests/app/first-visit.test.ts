/** From nothing to the first words: the model comes by itself, and nobody has to wait for it. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { expectOneSession, expectOrder } from './support/app-page.ts';
import { BUILD, Studio } from './support/studio.ts';

test('the script of the first paint is at most 60 kB', async ({ annotate }) => {
  const page = await readFile(join(BUILD, 'index.html'), 'utf8');
  const scripts = new Set([...page.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.js)"/g)].map(([, path]) => path ?? ''));
  expect(scripts.size).toBeGreaterThan(0);
  const zipped = async (path: string): Promise<number> => gzipSync(await readFile(join(BUILD, path))).length;
  const shared = await Promise.all([...scripts].map(zipped));
  // And what is said there, in the language that takes more.
  const sources = await Promise.all([...scripts].map((path) => readFile(join(BUILD, path), 'utf8')));
  const languages = [...new Set(sources.join('\n').match(/(?<=["'`/])(en|ja)-[\w-]{8}\.js/g))];
  expect(languages).toHaveLength(2);
  const words = await Promise.all(languages.map((name) => zipped(join('assets', name))));
  const total = shared.reduce((sum, bytes) => sum + bytes, Math.max(...words));
  await annotate(`script of the first paint: ${(total / 1000).toFixed(1)} kB`);
  expect(total).toBeLessThanOrEqual(60_000);
});

describe('a first visit', () => {
  let studio: Studio;
  beforeEach(async () => {
    studio = await Studio.open();
  });
  afterEach(() => studio.close());

  test('the model downloads by itself; what is said meanwhile is written when it is ready', async () => {
    const parts = new HeldParts(studio);
    const app = await studio.visit();
    await app.startButton.waitFor();
    const progress = app.page.getByText(/^Loading [\d.]+ (MB )?of [\d.]+ MB/);
    await progress.waitFor();
    expect(await app.page.getByRole('progressbar', { name: 'Model download' }).getAttribute('value')).toMatch(/^0\.\d/);

    const said = studio.microphone.hears('callback');
    await app.listenFor(said.durationMs + 500);
    expect(await app.text()).toBe('');
    await app.page.getByText('Keep speaking. It will be written as soon as the model is here.').waitFor();
    parts.release();
    await expect.poll(() => app.errorRate(said.text), { timeout: 60_000 }).toBeLessThanOrEqual(0.34);
    await app.stopAndWait();

    const lines = await app.log();
    expectOrder(lines, [/^started$/, /^first frame$/, /^model loading/, /^model ready/, /inference on/, /^stopped$/]);
    expectOneSession(lines);
    expect(studio.server.requests.filter((request) => !request.startsWith('GET '))).toEqual([]);
  });

  test('F27: Stop while the model loads waits for the last words, and ends once', async () => {
    const parts = new HeldParts(studio);
    const app = await studio.visit();
    const said = studio.microphone.hears('callback');
    await app.listenFor(said.durationMs);
    await app.stop();
    await app.says('Finishing');
    expect(await app.microphones()).toEqual({ opened: 1, on: 0 });
    // Pressed again: the next session is queued, and taken back by one more press.
    await app.startButton.click();
    await app.button('Starts next').click();
    await app.startButton.waitFor();
    parts.release();
    await app.says('Stopped');
    expect(await app.errorRate(said.text), await app.text()).toBeLessThanOrEqual(0.34);
    expectOneSession(await app.log());
  });

  test('F27: Stop while the model loads, with nothing said, ends without it', async () => {
    new HeldParts(studio);
    const app = await studio.visit();
    studio.microphone.hears('silence');
    await app.listenFor(500);
    await app.stopAndWait();
    expect(await app.text()).toBe('');
    expectOneSession(await app.log());
  });

  test('F21: offline without a model it is explained, recording works, and is written once the network is back', async () => {
    studio.server.network = (path) => (path.endsWith('.part') ? Promise.reject(new Error('gone')) : Promise.resolve());
    const app = await studio.visit();
    await app.startButton.waitFor();
    await studio.context.setOffline(true);
    await app.page
      .getByText('No network, and no model on this device yet', { exact: true })
      .waitFor({ timeout: 60_000 });

    const said = studio.microphone.hears('callback');
    await app.listenFor(said.durationMs);
    await app.stop();
    await app.says('Finishing');

    studio.server.network = null;
    await studio.context.setOffline(false);
    await app.says('Stopped');
    expect(await app.errorRate(said.text), await app.text()).toBeLessThanOrEqual(0.34);
    expectOneSession(await app.log());
  });
});

/** A network that stops after some parts: behind the engine, and with it the voice-activity detector, before the model. */
class HeldParts {
  static readonly after = 7;
  #release: () => void = () => undefined;

  constructor({ server }: Studio) {
    const released = new Promise<void>((resolve) => (this.#release = resolve));
    let asked = 0;
    server.network = (path) => (path.endsWith('.part') && ++asked > HeldParts.after ? released : Promise.resolve());
  }

  release(): void {
    this.#release();
  }
}
