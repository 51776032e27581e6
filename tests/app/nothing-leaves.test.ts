/** F50 and F48: what is said stays here. By the server, by what every target asks for, and by the browser's own record of its network. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AppPage, errorRate } from './support/app-page.ts';
import { netLogArgument, readNetLog } from './support/net-log.ts';
import { BUILD, Studio } from './support/studio.ts';
import { temporaryFolder } from './support/browser.ts';

let logs: Awaited<ReturnType<typeof temporaryFolder>>;
let studio: Studio;
let stranger: Awaited<ReturnType<typeof listen>>;
beforeAll(async () => {
  logs = await temporaryFolder();
  stranger = await listen();
  studio = await Studio.open({ browserArgs: [netLogArgument(join(logs.path, 'net.json'))] });
});
afterAll(async () => {
  await studio.close();
  await stranger.close();
  await logs.remove();
});

test('F48: files that another page or app posts to us reach no server, and the app opens', async () => {
  // Whoever shares to an app that has lost its service worker would send the files to its host: we ask to be shared nothing.
  const manifest = JSON.parse(await readFile(join(BUILD, 'manifest.webmanifest'), 'utf8')) as object;
  expect(manifest).not.toHaveProperty('share_target');
  // A browser of its own: at a second visit it looks for a newer service worker, which is none of the next test's requests.
  const other = await Studio.open();
  const app = await other.visit();
  await app.page.evaluate(() => navigator.serviceWorker.ready);
  const page = await other.context.newPage();
  await page.evaluate((action) => {
    const files = new DataTransfer();
    for (let i = 0; i < 20; i++)
      files.items.add(new File([new Uint8Array(100_000)], `${i}.ogg`, { type: 'audio/ogg' }));
    const form = Object.assign(document.createElement('form'), {
      action,
      method: 'post',
      enctype: 'multipart/form-data',
    });
    const input = Object.assign(document.createElement('input'), { type: 'file', name: 'files', multiple: true });
    input.files = files.files;
    form.append(input);
    document.body.append(form);
    form.submit();
  }, `${other.server.url}share`);
  await page.waitForURL(other.server.url);
  await new AppPage(page).startButton.waitFor();
  expect(other.server.requests.filter((request) => !request.startsWith('GET '))).toEqual([]);
  await other.close();
});

test('F50: nothing leaves but GETs of our own files, none of them while transcribing', async () => {
  const asked: string[] = [];
  studio.context.on('request', (request) => asked.push(`${request.method()} ${request.url()}`));
  const app = await studio.enter();
  app.page.on('websocket', (socket) => asked.push(`WebSocket ${socket.url()}`));
  await app.page.getByText('Ready offline', { exact: true }).waitFor();
  const said = studio.microphone.hears('nurse');

  const fromMs = Date.now();
  const requestsBefore = studio.server.requests.length;
  const askedBefore = asked.length;
  await app.listenFor(said.durationMs);
  await app.stopAndWait();
  const untilMs = Date.now();
  expect(errorRate(said.text, await app.text())).toBeLessThanOrEqual(0.2);
  // The sound itself is not there yet when the page is loaded: its worklet is a file of ours.
  const whileSpeaking = asked.slice(askedBefore).filter((request) => !request.includes('/assets/capture.worklet'));
  expect(whileSpeaking).toEqual([]);
  expect(studio.server.requests.slice(requestsBefore)).toEqual([]);

  expect(asked.filter((request) => !isOurs(request.replace(/^GET /, '')))).toEqual([]);
  await expectBlocked(app);
  expect(studio.server.requests.filter((request) => !request.startsWith('GET '))).toEqual([]);
  expect(stranger.requests).toEqual([]);

  await studio.quit();
  const recorded = await readNetLog(join(logs.path, 'net.json'));
  const left = recorded.filter(({ initiator, url }) => initiator !== null || isOurs(url));
  expect(left.filter(({ initiator }) => initiator === new URL(studio.server.url).origin).length).toBeGreaterThan(10);
  expect(left.filter(({ method, url }) => method !== 'GET' || !isOurs(url))).toEqual([]);
  expect(left.filter(({ atMs }) => atMs >= fromMs && atMs <= untilMs)).toEqual([]);
});

const isOurs = (url: string): boolean => url.startsWith(studio.server.url) || /^(blob|data):/.test(url);

/** Whatever a page or a worker may try, the policy refuses it. */
async function expectBlocked(app: AppPage): Promise<void> {
  const { url } = stranger;
  const fetched = (address: string): Promise<string> =>
    fetch(address, { method: 'POST', body: 'speech', mode: 'no-cors' }).then(
      () => 'sent',
      () => 'blocked',
    );
  expect(await app.page.evaluate(fetched, url)).toBe('blocked');
  for (const name of ['whisper', 'detector', 'speech'] as const)
    expect(await app.worker(name).evaluate(fetched, url), name).toBe('blocked');
  const attempts = await app.page.evaluate(async (address) => {
    const refused: string[] = [];
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => refused.push(effectiveDirective));
    const image = new Image();
    image.src = `${address}?image`;
    navigator.sendBeacon(address, 'speech');
    try {
      new WebSocket(address.replace('http', 'ws'));
    } catch {
      refused.push('WebSocket');
    }
    const source = new EventSource(address);
    await new Promise((resolve) => setTimeout(resolve, 500));
    source.close();
    return refused;
  }, url);
  expect(attempts).toContain('img-src');
  expect(attempts.filter((directive) => directive !== 'img-src').length).toBeGreaterThanOrEqual(3);
}

/** Somebody else's server, on this machine. */
async function listen(): Promise<{ url: string; requests: string[]; close(): Promise<void> }> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method ?? ''} ${request.url ?? ''}`);
    response.setHeader('Access-Control-Allow-Origin', '*').end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    requests,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
