/** The package store in a real browser, shared with other tabs, full, evicted or absent. */
import { describe, expect, test } from 'vitest';
import { Bench, expectedHashes } from './support/packages/bench.ts';
import { PART_BYTES } from './support/packages/build-site.ts';

const bench = new Bench();

describe('two tabs', () => {
  test('F15 one downloads, the other shows its progress, and nothing is fetched twice', async () => {
    const end = bench.hold(2);
    await bench.start();
    await bench.server.asked(bench.part(2));
    const other = await bench.openPage();
    await bench.start(other);
    await other.waitForTimeout(1200);
    end('finish');
    const report = await bench.ended(other);
    expect(report.hashes).toEqual(expectedHashes(bench.tiny));
    expect(report.progress[0]).toMatchObject({
      loadedBytes: 2 * PART_BYTES,
      totalBytes: bench.tiny.bytes,
      waiting: true,
    });
    expect(bench.server.requests).toEqual(bench.parts);
  });

  test('F15 when the downloading tab dies, the waiting one goes on', async () => {
    bench.hold(2);
    await bench.start();
    await bench.server.asked(bench.part(2));
    const other = await bench.openPage();
    await bench.start(other);
    await bench.page.close();
    expect(await bench.ended(other)).toMatchObject({ hashes: expectedHashes(bench.tiny) });
    expect(bench.server.requests).toEqual([...bench.parts.slice(0, 3), ...bench.parts.slice(2)]);
  });

  test('F15 waiting can be cancelled', async () => {
    bench.hold(2);
    await bench.start();
    await bench.server.asked(bench.part(2));
    // Chromium loses an abort that reaches a lock's request on its way, now and then.
    for (let round = 0; round < 12; round++) {
      const other = await bench.openPage();
      await bench.start(other);
      await other.evaluate(() => window.site.abort());
      expect(await bench.ended(other)).toMatchObject({ error: 'AbortError' });
      await other.close();
    }
    expect(bench.server.requests).toEqual(bench.parts.slice(0, 3));
  });
});

describe('storage', () => {
  test('F16 room that runs out on the way: what is there is kept, and used when there is room again', async () => {
    const end = bench.hold(3);
    await bench.start();
    await bench.server.asked(bench.part(3));
    await bench.limitStorage(1000);
    end('finish');
    const { failure } = await bench.ended();
    expect(failure).toMatchObject({
      name: 'storage-full',
      neededBytes: bench.tiny.bytes - 3 * PART_BYTES,
      freeBytes: null,
    });
    expect(await bench.stored()).toMatchObject({ storedBytes: 3 * PART_BYTES });
    await bench.limitStorage(10_000_000);
    expect(await bench.obtain()).toMatchObject({ hashes: expectedHashes(bench.tiny) });
    expect(bench.requestsFor(2)).toBe(1);
  });

  test('F17 evicted storage is noticed, and filled again', async () => {
    await bench.obtain();
    expect(await bench.stored()).toEqual({
      complete: true,
      storedBytes: bench.tiny.bytes,
      totalBytes: bench.tiny.bytes,
    });
    const session = await bench.context.newCDPSession(bench.page);
    await session.send('Storage.clearDataForOrigin', {
      origin: new URL(bench.server.url).origin,
      storageTypes: 'cache_storage',
    });
    expect(await bench.stored()).toEqual({ complete: false, storedBytes: 0, totalBytes: bench.tiny.bytes });
    expect(await bench.obtain()).toMatchObject({ hashes: expectedHashes(bench.tiny), kept: true });
  });

  test('F18 without storage a package lives in memory, and that is said', async () => {
    await bench.page.addInitScript(() => {
      Object.defineProperty(window, 'caches', {
        get() {
          throw new DOMException('storage is blocked', 'SecurityError');
        },
      });
    });
    await bench.page.reload();
    await bench.page.waitForFunction(() => 'site' in window);
    expect(await bench.obtain()).toMatchObject({ failure: null, kept: false, hashes: expectedHashes(bench.tiny) });
    expect(await bench.stored()).toMatchObject({ complete: false, storedBytes: 0 });
  });
});

describe('a browser that tells how much room there is', () => {
  const honest = new Bench(['--disable-features=StaticStorageQuota']);

  test('F16 too little room is told before anything is downloaded', async () => {
    await honest.limitStorage(100_000);
    const { failure } = await honest.obtain();
    expect(failure).toMatchObject({ name: 'storage-full', neededBytes: honest.tiny.bytes });
    expect((failure as { freeBytes: number }).freeBytes).toBeLessThanOrEqual(100_000);
    expect(honest.server.requests).toEqual([]);
  });
});
