/** A session as most people have it: the default model, words while one speaks, the last ones after Stop. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { errorRate, expectOneSession, expectOrder, framesDropped, type AppPage } from './support/app-page.ts';
import { Studio } from './support/studio.ts';
import type { WatchedText } from './support/watched-text.ts';

let studio: Studio;
let app: AppPage;
beforeAll(async () => {
  studio = await Studio.open({ settings: { model: 'base', language: 'auto' } });
  app = await studio.enter();
});
afterAll(() => studio.close());

describe('spoken into the microphone, with the default model', () => {
  let said: ReturnType<Studio['microphone']['hears']>;
  let states: WatchedText[];
  let longTasksMs: number[];
  let lines: string[];

  beforeAll(async () => {
    said = studio.microphone.hears('nurse', 'umbrella');
    await app.start();
    const watched = await app.watchText();
    const longTasks = await observeLongTasks(app);
    await app.untilOpenFor(said.durationMs);
    longTasksMs = await longTasks();
    await app.stop();
    expect(await microphoneOffWithin(app, 1000)).toBe(true);
    await app.says('Stopped');
    states = await watched();
    lines = await app.log();
  });

  test('the words are those that were said', async () => {
    expect(await app.errorRate(said.text), await app.text()).toBeLessThanOrEqual(0.15);
  });

  test('tentative words appear while someone speaks, and words come before Stop', () => {
    const whileSpeaking = states.filter(({ atMs }) => atMs < said.durationMs);
    expect(whileSpeaking.filter(({ tentative }) => tentative !== '').length).toBeGreaterThan(0);
    expect(whileSpeaking.at(-1)?.committed).toMatch(/patient/i);
  });

  test('committed words never change', () => {
    states.reduce((before, { committed }) => {
      expect(committed.startsWith(before), `“${before}” became “${committed}”`).toBe(true);
      return committed;
    }, '');
  });

  test('F28: Stop in mid-word loses no word', async () => {
    expect(await app.text()).toMatch(/table in the kitch/i);
  });

  test('nothing is tentative after the end', () => {
    expect(states.at(-1)?.tentative).toBe('');
  });

  test('the session log has everything in order, and one end', () => {
    expectOrder(lines, [
      /^started$/,
      /^first frame$/,
      /^utterance \d+ started$/,
      /^inference on \d+ samples$/,
      /^result: \d+ words committed/,
      /^stop requested$/,
      /^final inference on \d+ samples$/,
      /^result: \d+ words committed, 0 tentative$/,
      /^stopped$/,
    ]);
    // Told by another thread: before or after the pass has begun.
    expectOrder(lines, [/^stop requested$/, /^frame counts: (\d+) captured, \1 received/, /^stopped$/]);
    expectOneSession(lines);
    expect(framesDropped(lines)).toBe(0);
  });

  test('the page has no long tasks while it listens', async ({ annotate }) => {
    const worst = Math.max(0, ...longTasksMs);
    await annotate(`long tasks while listening: ${longTasksMs.length}, the longest ${Math.round(worst)} ms`);
    // The aim is 50 ms. Machines that run tests are busy.
    expect(worst).toBeLessThan(200);
  });
});

test('F29: a page that hangs for 5 s while someone speaks loses no word', async () => {
  const before = await app.text();
  const said = studio.microphone.hears('nurse');
  const longTasks = await observeLongTasks(app);
  await app.listenFor(1500);
  await app.page.evaluate(() => {
    // As a task of the page's own: what the tools run is not observed.
    setTimeout(() => {
      const until = performance.now() + 5000;
      while (performance.now() < until);
    });
  });
  await app.untilOpenFor(said.durationMs);
  await app.stopAndWait();
  expect(Math.max(...(await longTasks()))).toBeGreaterThan(4900);
  const added = (await app.text()).slice(before.length);
  expect(errorRate(said.text, added), added).toBeLessThanOrEqual(0.15);
  expect(framesDropped(await app.log())).toBe(0);
});

test('F30: a recogniser slower than speech falls behind, says so, and loses nothing', async () => {
  const before = await app.text();
  const said = studio.microphone.hears('meeting');
  // Between any two steps its thread has something else to do.
  const whisper = app.worker('whisper');
  await whisper.evaluate(() => {
    const brake = setInterval(() => {
      const until = performance.now() + 2000;
      while (performance.now() < until);
    });
    Object.assign(globalThis, { brake });
  });
  await app.start();
  await app.page.getByText(/^Listening · .* behind$/).waitFor({ timeout: said.durationMs + 10_000 });
  await app.untilOpenFor(said.durationMs);
  await app.stop();
  await app.page.getByText(/^Finishing · .* left$/).waitFor();
  await whisper.evaluate(() => clearInterval((globalThis as unknown as { readonly brake: number }).brake));
  await app.says('Stopped');
  const added = (await app.text()).slice(before.length);
  expect(errorRate(said.text, added), added).toBeLessThanOrEqual(0.15);
  expect(framesDropped(await app.log())).toBe(0);
});

/** @returns what they took so far, in milliseconds. */
async function observeLongTasks({ page }: AppPage): Promise<() => Promise<number[]>> {
  await page.evaluate(() => {
    const longTasks: number[] = [];
    new PerformanceObserver((list) => longTasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
      entryTypes: ['longtask'],
    });
    Object.assign(globalThis, { longTasks });
  });
  return () => page.evaluate(() => (globalThis as unknown as { readonly longTasks: number[] }).longTasks);
}

async function microphoneOffWithin(page: AppPage, ms: number): Promise<boolean> {
  const until = Date.now() + ms;
  do if ((await page.microphones()).on === 0) return true;
  while (Date.now() < until);
  return false;
}
