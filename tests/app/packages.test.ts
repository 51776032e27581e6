/** The package store in a real browser, against a server of our own that fails in every way we know. */
import { describe, expect, test } from 'vitest';
import { Bench, expectedHashes, FILES } from './support/packages/bench.ts';
import { PART_BYTES } from './support/packages/build-site.ts';

const bench = new Bench();

describe('without faults', () => {
  test('a package arrives whole, in a worker too, from a sub-path', async () => {
    const report = await bench.page.evaluate((names) => window.site.obtainInWorker('tiny', names), FILES);
    expect(report).toMatchObject({ failure: null, error: null, kept: true, hashes: expectedHashes(bench.tiny) });
    expect(bench.server.requests).toEqual(bench.parts);
    expect(report.progress.at(-1)).toMatchObject({
      loadedBytes: bench.tiny.bytes,
      totalBytes: bench.tiny.bytes,
      waiting: false,
    });
  });

  test('what is stored is not asked for again, and a shared part is kept once', async () => {
    await bench.obtain();
    expect(await bench.obtain()).toMatchObject({ hashes: expectedHashes(bench.tiny), progress: [] });
    expect(bench.server.requests).toEqual(bench.parts);
    const base = await bench.page.evaluate((names) => window.site.obtain('base', names), FILES);
    expect(base.hashes).toEqual(expectedHashes(bench.base));
    expect(bench.requestsFor(5)).toBe(1);
    const entryCount = await bench.page.evaluate(
      async () => (await (await caches.open('sotto-packages-v1')).keys()).length,
    );
    expect(entryCount).toBe(new Set(bench.server.requests).size);
  });

  test('forgetting a package leaves what another one needs', async () => {
    await bench.obtain();
    await bench.page.evaluate(() => window.site.obtain('base'));
    await bench.page.evaluate(() => window.site.forget('tiny'));
    expect(await bench.page.evaluate(() => window.site.stored('base'))).toMatchObject({ complete: true });
    expect(await bench.stored()).toMatchObject({
      complete: false,
      storedBytes: bench.tiny.files['tokenizer.json']!.bytes,
    });
  });

  test('pruning removes parts of older builds and nothing of another app at this origin', async () => {
    await bench.obtain();
    const left = await bench.page.evaluate(async () => {
      const cache = await caches.open('sotto-packages-v1');
      const old = new URL(`models/${'0'.repeat(64)}.part`, location.href).href;
      const foreign = new URL(`/elsewhere/models/${'0'.repeat(64)}.part`, location.href).href;
      for (const url of [old, foreign]) await cache.put(url, new Response('x'));
      await window.site.prune();
      return { old: !!(await cache.match(old)), foreign: !!(await cache.match(foreign)) };
    });
    expect(left).toEqual({ old: false, foreign: true });
    expect(await bench.stored()).toMatchObject({ complete: true });
  });
});

describe('the network', () => {
  test('F10 a connection that breaks at 73 % repeats one part', async () => {
    bench.fail(3, { type: 'drop' });
    const report = await bench.obtain();
    expect(report.hashes).toEqual(expectedHashes(bench.tiny));
    expect(bench.server.requests).toEqual([...bench.parts.slice(0, 4), ...bench.parts.slice(3)]);
    let highest = 0;
    for (const { loadedBytes } of report.progress) {
      expect(loadedBytes).toBeGreaterThan(highest - PART_BYTES);
      expect(loadedBytes).toBeLessThanOrEqual(bench.tiny.bytes);
      highest = Math.max(highest, loadedBytes);
    }
  });

  test('F10 a lost network is waited for, and the download goes on when it is back', async () => {
    const end = bench.hold(2);
    await bench.start();
    await bench.server.asked(bench.part(2));
    await bench.context.setOffline(true);
    end('drop');
    // Long enough for some attempts in vain: the next delay is 4 s by now.
    await bench.page.waitForTimeout(4000);
    expect(bench.server.requests).toEqual(bench.parts.slice(0, 3));
    const backMs = Date.now();
    await bench.context.setOffline(false);
    expect(await bench.ended()).toMatchObject({ failure: null, kept: true });
    expect(Date.now() - backMs).toBeLessThan(3000);
    expect(bench.requestsFor(1)).toBe(1);
  });

  test('F10 a connection that brings nothing any more is dropped and made anew', async () => {
    await bench.page.clock.install();
    bench.hold(2);
    await bench.start();
    await bench.server.asked(bench.part(2));
    await bench.page.clock.fastForward(30_000);
    expect(await bench.ended()).toMatchObject({ hashes: expectedHashes(bench.tiny) });
    expect(bench.requestsFor(2)).toBe(2);
  });

  test('F11 a tab killed during a download costs one part', async () => {
    bench.hold(3);
    await bench.start();
    await bench.server.asked(bench.part(3));
    await bench.page.close();
    const next = await bench.openPage();
    expect(await bench.stored(next)).toEqual({
      complete: false,
      storedBytes: 3 * PART_BYTES,
      totalBytes: bench.tiny.bytes,
    });
    expect(await bench.obtain(next)).toMatchObject({ hashes: expectedHashes(bench.tiny) });
    expect(bench.server.requests).toEqual([...bench.parts.slice(0, 4), ...bench.parts.slice(3)]);
  });

  test('F12 no range is ever asked for, and an answer of 416 means the part is fetched again', async () => {
    bench.fail(1, { type: 'drop' }, { type: 'status', status: 416 });
    expect(await bench.obtain()).toMatchObject({ hashes: expectedHashes(bench.tiny) });
    expect(bench.server.ranges).toEqual([]);
    expect(bench.requestsFor(1)).toBe(3);
  });

  test.each([
    ['503 with Retry-After', { type: 'status', status: 503, headers: { 'Retry-After': '2' } }, 2000],
    ['429 without', { type: 'status', status: 429 }, 500],
    ['an expired address, 403', { type: 'status', status: 403 }, 500],
  ] as const)('F13 %s is backed off from and tried again', async (_name, fault, leastMs) => {
    bench.fail(2, fault);
    const startMs = Date.now();
    expect(await bench.obtain()).toMatchObject({ hashes: expectedHashes(bench.tiny) });
    expect(Date.now() - startMs).toBeGreaterThanOrEqual(leastMs);
    expect(bench.requestsFor(2)).toBe(2);
  });

  test('F13 a server that refuses for good is believed', async () => {
    bench.server.everyPart = { type: 'status', status: 403 };
    const { failure } = await bench.obtain();
    expect(failure).toEqual({ name: 'download-refused', file: 'decoder.onnx', status: 403 });
    expect(bench.server.requests).toHaveLength(3);
  });

  test.each([
    ['while it waits for a busy server', { type: 'status', status: 503, headers: { 'Retry-After': '60' } }],
    ['in the middle of a part', { type: 'hold', until: new Promise<'finish'>(() => undefined) }],
  ] as const)('F13 a download can be cancelled %s', async (_name, fault) => {
    bench.fail(1, fault);
    await bench.start();
    await bench.server.asked(bench.part(1));
    await bench.page.waitForTimeout(200);
    const startMs = Date.now();
    await bench.page.evaluate(() => window.site.abort());
    expect(await bench.ended()).toMatchObject({ failure: null, error: 'AbortError' });
    expect(Date.now() - startMs).toBeLessThan(3000);
    expect(await bench.stored()).toMatchObject({ storedBytes: PART_BYTES });
  });

  test.each(['flip', 'truncate', 'html'] as const)('F14 a part gone wrong once (%s) is fetched again', async (type) => {
    bench.fail(1, { type });
    expect(await bench.obtain()).toMatchObject({ hashes: expectedHashes(bench.tiny) });
    expect(bench.requestsFor(1)).toBe(2);
  });

  test.each(['flip', 'truncate', 'html'] as const)(
    'F14 a part that stays wrong (%s) is an error, and never kept',
    async (type) => {
      bench.fail(1, { type }, { type });
      const { failure } = await bench.obtain();
      expect(failure).toEqual({ name: 'download-corrupt', file: 'decoder.onnx' });
      expect(bench.requestsFor(1)).toBe(2);
      expect(await bench.stored()).toMatchObject({ complete: false, storedBytes: PART_BYTES });
      expect(await bench.obtain()).toMatchObject({ failure: null, hashes: expectedHashes(bench.tiny) });
    },
  );

  test('F21 offline with nothing stored is told at once', async () => {
    await bench.context.setOffline(true);
    const startMs = Date.now();
    expect(await bench.obtain()).toMatchObject({ failure: { name: 'offline-without-model' } });
    expect(Date.now() - startMs).toBeLessThan(3000);
  });

  test('F21 a server that is gone is told within seconds', async () => {
    await bench.server.close();
    expect(await bench.obtain()).toMatchObject({ failure: { name: 'offline-without-model' } });
  });
});
