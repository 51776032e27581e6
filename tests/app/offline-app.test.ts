/** The whole app, as built, on hosts that help and hosts that do not. */
import type { Page } from 'playwright-core';
import { describe, expect, inject, test } from 'vitest';
import { DEFAULT_OUT_DIR } from '../../build/app.ts';
import { POLICY_HEADERS } from '../../build/headers.ts';
import { Host } from './support/host.ts';

const BUILD = process.env['SOTTO_DIST'] ?? DEFAULT_OUT_DIR;

test('npm start sends the table of headers with every file, and keeps for good only what never changes', async () => {
  const appUrl = inject('appUrl');
  const page = await (await fetch(appUrl)).text();
  const script = /src="\.\/(assets\/[^"]+\.js)"/.exec(page)![1]!;
  for (const path of ['', script, 'service-worker.js', 'manifest.webmanifest']) {
    const { headers, status } = await fetch(appUrl + path);
    expect(status).toBe(200);
    for (const [name, value] of Object.entries(POLICY_HEADERS))
      expect(headers.get(name), `${path} ${name}`).toBe(value);
    expect(headers.get('Cache-Control')).toBe(path === script ? 'public, max-age=31536000, immutable' : 'no-cache');
  }
  const missing = await fetch(`${appUrl}assets/of-an-older-version.js`);
  expect(missing.status).toBe(404);
  expect(missing.headers.get('Cache-Control')).toBe('no-cache');
});

describe('on a host of its own', () => {
  const host = new Host();
  const start = (page: Page) => page.getByRole('button', { name: 'Start', exact: true });

  async function visit(complaints: string[] = []): Promise<Page> {
    const page = await host.browser.newPage();
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await page.goto(host.server.url);
    return page;
  }

  test('F1: without headers and from a sub-path it is isolated after one visit, and starts again without the server', async () => {
    const server = await host.serve(BUILD, { basePath: '/apps/sotto/' });
    const complaints: string[] = [];
    const page = await visit(complaints);
    await start(page).waitFor();
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    expect(complaints).toEqual([]);
    expect(server.requests.filter((request) => !request.startsWith('GET '))).toEqual([]);

    await host.reopenWithoutServer();
    const later = await visit();
    await start(later).waitFor();
    expect(await later.evaluate(() => crossOriginIsolated)).toBe(true);
  });

  test('F1: while the shell is kept, the first visit has words', async () => {
    const server = await host.serve(BUILD);
    let go: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (go = resolve));
    server.network = (path) => (path === 'service-worker.js' ? held : Promise.resolve());
    const page = await visit();
    await page.getByRole('heading', { name: 'One moment…' }).waitFor();
    go();
    await start(page).waitFor();
    expect(await page.getByRole('heading', { name: 'One moment…' }).count()).toBe(0);
  });

  test('the licences of what is shipped can be read, without the server, too', async () => {
    await host.serve(BUILD);
    await start(await visit()).waitFor();
    await host.reopenWithoutServer();
    const page = await visit();
    await page.getByRole('button', { name: 'Settings' }).click();
    const [notices] = await Promise.all([
      host.browser.waitForEvent('page'),
      page.getByRole('link', { name: 'Licences of what Sotto is made with' }).click(),
    ]);
    await notices.getByText('ONNX Runtime Web', { exact: false }).waitFor();
    expect(await notices.evaluate(() => document.characterSet)).toBe('UTF-8');
  });

  test('F3: without a service worker it works, and says that offline use is off', async () => {
    const server = await host.serve(BUILD, { headers: true });
    server.faults.set('service-worker.js', { type: 'status', status: 404 });
    const page = await visit();
    await start(page).waitFor();
    await page.getByText('Offline use is off', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByText('Offline use is off: this browser', { exact: false }).waitFor();
  });

  test('F4: neither headers nor a service worker: a page names the cause, and there is nothing to start', async () => {
    const server = await host.serve(BUILD);
    server.faults.set('service-worker.js', { type: 'status', status: 404 });
    const page = await visit();
    await page.getByRole('heading', { name: 'Sotto cannot run here yet' }).waitFor();
    expect(await start(page).count()).toBe(0);
  });
});
