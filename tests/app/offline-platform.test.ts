/** Isolation, updates and offline readiness, in the platform part of the app alone (`support/shell`): seconds, not minutes. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { temporaryFolder } from './support/browser.ts';
import { buildShell } from './support/build-shell.ts';
import { Host } from './support/host.ts';
import type { ServeOptions } from './support/serve-folder.ts';
import type { ShellUnderTest } from './support/shell/main.ts';

declare const shell: ShellUnderTest;

let builds: Awaited<ReturnType<typeof temporaryFolder>>;
let first: string;
let second: string;
beforeAll(async () => {
  builds = await temporaryFolder();
  first = join(builds.path, 'first');
  second = join(builds.path, 'second');
  await buildShell(first, '1');
  await buildShell(second, '2');
});
afterAll(() => builds.remove());

const host = new Host();
const serve = (options?: ServeOptions) => host.serve(first, options);

/** Opens the app and counts how often its document is loaded. */
async function open(): Promise<{ page: Page; loads: () => number }> {
  const page = await host.browser.newPage();
  let loads = 0;
  // Not by navigations: a change of the history entry is one, too.
  page.on('request', (request) => {
    if (request.serviceWorker() === null && request.isNavigationRequest()) loads++;
  });
  await page.goto(host.server.url);
  return { page, loads: () => loads };
}

const shows = (page: Page, what: string, value: string) =>
  page.waitForFunction(([key, wanted]) => document.querySelector('body')?.dataset[key] === wanted, [
    what,
    value,
  ] as const);

const shiftReload = async (page: Page) =>
  (await host.browser.newCDPSession(page)).send('Page.reload', { ignoreCache: true });

/** Long enough for a reload too many to show. */
const aMoment = (page: Page) => page.waitForTimeout(1500);

describe.each(['/', '/apps/sotto/'])('a host without headers, at %s', (basePath) => {
  beforeEach(() => serve({ basePath }));

  test('F1: the first visit says that it is being prepared, reloads once and is isolated', async () => {
    let go: () => void = () => undefined;
    const installed = new Promise<void>((resolve) => (go = resolve));
    host.server.network = (path) => (path === 'service-worker.js' ? installed : Promise.resolve());
    const { page, loads } = await open();
    await shows(page, 'isolation', 'repairing');
    go();
    await shows(page, 'isolation', 'isolated');
    await shows(page, 'offline', 'ready');
    await aMoment(page);
    expect(loads()).toBe(2);
    expect(await page.evaluate(() => typeof SharedArrayBuffer)).toBe('function');
    expect(host.server.requests.filter((request) => !request.startsWith('GET '))).toEqual([]);
  });

  test('F2: Shift-reload is repaired with one reload, every time', async () => {
    const { page, loads } = await open();
    await shows(page, 'offline', 'ready');
    for (const expected of [4, 6]) {
      await shiftReload(page);
      await expect.poll(loads, { timeout: 10_000 }).toBe(expected);
      await shows(page, 'isolation', 'isolated');
      await aMoment(page);
      expect(loads()).toBe(expected);
    }
  });

  test('a cold start without the server', async () => {
    const { page } = await open();
    await shows(page, 'offline', 'ready');
    await host.reopenWithoutServer();
    const { page: later, loads } = await open();
    await shows(later, 'isolation', 'isolated');
    await shows(later, 'offline', 'ready');
    expect(await later.evaluate(() => shell.loadLater())).toBe('later 1');
    expect(loads()).toBe(1);
  });

  test('the browser serves the page and its scripts by itself: a start waits for no service worker', async () => {
    const { page } = await open();
    await shows(page, 'offline', 'ready');
    await host.reopenWithoutServer();
    const { page: later } = await open();
    await shows(later, 'isolation', 'isolated');
    const sources = await later.evaluate(() =>
      [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
        .filter(({ entryType, name }) => entryType === 'navigation' || name.includes('/assets/'))
        .map(
          (entry) =>
            Object.entries(entry.toJSON() as object).find(([key]) => key.startsWith('workerFinal'))?.[1] as unknown,
        ),
    );
    expect(sources.length).toBeGreaterThan(1);
    expect(new Set(sources)).toEqual(new Set(['cache']));
  });

  test('a page that the browser lost is fetched, isolated and kept again', async () => {
    const { page } = await open();
    await shows(page, 'offline', 'ready');
    await page.evaluate(async () => {
      for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const { url } of await cache.keys()) if (!url.includes('/assets/')) await cache.delete(url);
      }
    });
    await page.reload();
    await shows(page, 'isolation', 'isolated');
    await shows(page, 'offline', 'ready');
    await host.server.close();
    await page.reload();
    await shows(page, 'isolation', 'isolated');
  });

  test('workers, and the workers of workers, are isolated and bound by the policy', async () => {
    const { page } = await open();
    await shows(page, 'offline', 'ready');
    expect(await page.evaluate(() => shell.probeWorker())).toEqual({
      isolated: true,
      evalAllowed: false,
      otherOriginReached: false,
      blobWorkerStarted: false,
      nestedIsolated: true,
    });
  });

  test('nothing but a GET leaves through the service worker', async () => {
    const { page } = await open();
    await shows(page, 'offline', 'ready');
    const status = await page.evaluate(
      async () => (await fetch('anywhere', { method: 'POST', body: 'speech' })).status,
    );
    expect(status).toBe(405);
    expect(host.server.requests.filter((request) => request.startsWith('POST'))).toEqual([]);
  });
});

test('F2: when the reload does not help it is not made again', async () => {
  await serve();
  const { page, loads } = await open();
  await shows(page, 'isolation', 'isolated');
  const session = await host.browser.newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.setBypassServiceWorker', { bypass: true });
  await page.reload();
  await shows(page, 'isolation', '{"name":"isolation-missing","cause":"headers"}');
  await aMoment(page);
  expect(loads()).toBe(4);
});

test('F3: without a service worker it works online where the host sends the headers', async () => {
  await serve({ headers: true });
  host.server.faults.set('service-worker.js', { type: 'status', status: 404 });
  const { page, loads } = await open();
  await shows(page, 'isolation', 'isolated');
  await shows(page, 'offline', 'no-service-worker');
  expect(await page.evaluate(() => shell.probeWorker())).toMatchObject({ isolated: true, nestedIsolated: true });
  expect(loads()).toBe(1);
});

test('F4: neither headers nor a service worker: the cause is named', async () => {
  await serve();
  host.server.faults.set('service-worker.js', { type: 'status', status: 404 });
  const { page, loads } = await open();
  await shows(page, 'isolation', '{"name":"isolation-missing","cause":"headers"}');
  expect(loads()).toBe(1);
});

test('F4: an insecure address: the cause is named', async () => {
  await host.reopen(['--host-resolver-rules=MAP sotto.test 127.0.0.1']);
  await serve({ headers: true, host: 'sotto.test' });
  const { page } = await open();
  await shows(page, 'isolation', '{"name":"isolation-missing","cause":"insecure-context"}');
});

test('F5: an update waits in every tab until none records, then all take it', async () => {
  await serve({ headers: true });
  const { page: one } = await open();
  await shows(one, 'offline', 'ready');
  const { page: two } = await open();
  await shows(two, 'offline', 'ready');
  await two.evaluate(() => shell.record());

  host.server.deploy(second);
  await one.evaluate(() => shell.lookForUpdate());
  await shows(one, 'update', 'deferred');
  await shows(two, 'update', 'deferred');
  await one.evaluate(() => shell.apply());
  await aMoment(one);
  expect(await one.evaluate(() => document.body.dataset['version'])).toBe('1');

  await two.evaluate(() => shell.stop());
  await shows(one, 'update', 'waiting');
  await shows(two, 'update', 'waiting');
  await one.evaluate(() => void shell.apply());
  await shows(one, 'version', '2');
  await shows(two, 'version', '2');
  await shows(one, 'update', 'none');
});

test('F5: a tab that died while it recorded holds nothing back', async () => {
  await serve({ headers: true });
  const { page: one } = await open();
  await shows(one, 'offline', 'ready');
  const { page: two } = await open();
  await shows(two, 'offline', 'ready');
  await two.evaluate(() => shell.record());
  await two.close();
  host.server.deploy(second);
  await one.evaluate(() => shell.lookForUpdate());
  await shows(one, 'update', 'waiting');
});

test('F6: a tab of the old version finds its files as long as it lives', async () => {
  await serve();
  const { page } = await open();
  await shows(page, 'offline', 'ready');
  host.server.deploy(second);
  await page.evaluate(() => shell.lookForUpdate());
  await shows(page, 'update', 'waiting');
  expect(await page.evaluate(() => shell.loadLater())).toBe('later 1');
});

test('F6: where nothing kept them, deleted files ask for a reload, not before recording has ended', async () => {
  await serve({ headers: true });
  host.server.faults.set('service-worker.js', { type: 'status', status: 404 });
  const { page, loads } = await open();
  await shows(page, 'offline', 'no-service-worker');
  await page.evaluate(() => shell.record());
  host.server.deploy(second);
  expect(await page.evaluate(() => shell.loadLater().catch(() => 'missing'))).toBe('missing');
  await shows(page, 'update', 'deferred');
  await page.evaluate(() => shell.stop());
  await shows(page, 'update', 'waiting');
  expect(loads()).toBe(1);
  await page.evaluate(() => void shell.apply());
  await shows(page, 'version', '2');
});

test.each([
  ['missing', { type: 'status', status: 404 }],
  ["a captive portal's page", { type: 'body', body: '<h1>Log in</h1>', contentType: 'text/html' }],
  ['cut off', { type: 'break-off', afterBytes: 10 }],
] as const)(
  'F7: a file of the update is %s: the old version stays whole, and the update comes later',
  async (_name, fault) => {
    await serve();
    const { page } = await open();
    await shows(page, 'offline', 'ready');
    host.server.deploy(second);
    const broken = `assets/${(await readdir(join(second, 'assets'))).find((name) => name.startsWith('later'))!}`;
    host.server.faults.set(broken, fault);
    await page.evaluate(async () => {
      await shell.lookForUpdate();
      const registration = await navigator.serviceWorker.getRegistration();
      while (registration?.installing) await new Promise((resolve) => setTimeout(resolve, 50));
    });
    expect(await page.evaluate(() => document.body.dataset['update'])).toBe('none');
    await page.reload();
    await shows(page, 'version', '1');
    await shows(page, 'offline', 'ready');
    expect(await page.evaluate(() => shell.loadLater())).toBe('later 1');

    host.server.faults.clear();
    await page.evaluate(() => shell.lookForUpdate());
    await shows(page, 'update', 'waiting');
  },
);

test('files of the shell that the browser lost are fetched again', async () => {
  await serve();
  const { page } = await open();
  await shows(page, 'offline', 'ready');
  await page.evaluate(async () => {
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) if (request.url.includes('later')) await cache.delete(request);
    }
  });
  await page.reload();
  await shows(page, 'offline', 'ready');
  await host.server.close();
  expect(await page.evaluate(() => shell.loadLater())).toBe('later 1');
});
