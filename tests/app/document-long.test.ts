/** A session of ten hours that is opened again. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Transcript } from '../../src/transcript/transcript.ts';
import { transcriptOf } from '../unit/formats/spoken.ts';
import { open, place } from './support/shelf.ts';
import { Studio } from './support/studio.ts';

let studio: Studio;
let page: Page;
beforeAll(async () => {
  studio = await Studio.open();
});
afterAll(() => studio.close());
beforeEach(async () => {
  ({ page } = await studio.visit());
});
afterEach(() => page.close());

test('F34: ten hours of text scroll smoothly, and are searched at once', async ({ annotate }) => {
  const sentence = 'and then the two of us went down to the harbour to see the boats come in.';
  const transcript: Transcript = transcriptOf(
    ...Array.from({ length: 6_000 }, (_, index) => ({ text: `${index} ${sentence}`, at: index * 6 })),
  );
  await open(page, await place(page, { transcript }));
  const frames = await page.evaluate(async () => {
    const spent: number[] = [];
    let last = await new Promise<number>(requestAnimationFrame);
    for (let step = 0; step < 240; step++) {
      scrollBy(0, 400);
      const now = await new Promise<number>(requestAnimationFrame);
      spent.push(now - last);
      last = now;
    }
    return spent.sort((a, b) => a - b);
  });
  const middle = frames[frames.length >> 1]!;
  await annotate(
    `102,000 words: a frame every ${middle.toFixed(1)} ms while scrolling, the 95th of a hundred ${frames[Math.floor(frames.length * 0.95)]!.toFixed(1)} ms`,
  );
  // A busy machine drops frames; one that laid out ten hours at each step would drop nearly all of them.
  expect(middle).toBeLessThan(40);
  await page.keyboard.press('Control+f');
  await page.keyboard.type('5999 and');
  await page.getByText('1 of 1').waitFor();
  await page.waitForTimeout(200);
  const seen = await page.evaluate(() => {
    const [range] = CSS.highlights.get('found-now') ?? [];
    const rect = range instanceof Range ? range.getBoundingClientRect() : null;
    return rect !== null && rect.top > 0 && rect.bottom < innerHeight;
  });
  expect(seen).toBe(true);
});
