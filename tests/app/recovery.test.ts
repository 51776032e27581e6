/** Recordings that break off: the page is killed, nothing can be kept, nothing is wanted to be kept. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SAMPLE_RATE, samplesToSeconds } from '../../src/audio/units.ts';
import { seeded } from '../support/seeded.ts';
import { errorRate, type AppPage } from './support/app-page.ts';
import { capturedSamples, keptRecordings, killRenderers, watchCapture } from './support/killing.ts';
import { Studio } from './support/studio.ts';

const SEED = Number(process.env['SEED'] ?? 31);
/** `KILLS=20` for the figure that is published. */
const KILLS = Number(process.env['KILLS'] ?? 3);

describe('F31: a page that is killed while it records', () => {
  let studio: Studio;
  let app: AppPage;
  // Each has a profile of its own: a recording that one leaves behind would be found by the next.
  beforeEach(async () => {
    studio = await Studio.open();
    await watchCapture(studio);
    app = await studio.visit();
  });
  afterEach(() => studio.close());

  const card = () => app.page.getByRole('article');

  /** Kills the page and starts anew. @returns samples that had been captured. */
  async function kill(): Promise<number> {
    const captured = await capturedSamples(app.page);
    const crashed = app.page.waitForEvent('crash');
    await killRenderers(studio);
    await crashed;
    await app.page.close();
    app = await studio.visit();
    await card().waitFor();
    return captured;
  }

  test(
    `at random moments: never more than a second is missing, and it can be played (seed ${SEED})`,
    { timeout: 60_000 * KILLS },
    async ({ annotate }) => {
      const random = seeded(SEED);
      studio.microphone.hears('garden');
      let worst = 0;
      for (let round = 0; round < KILLS; round++) {
        await app.startButton.waitFor();
        // What was discarded goes when no other page has the library open.
        const before = await keptRecordings(app.page);
        await app.start();
        await app.page.waitForTimeout(500 + random() * 5_000);
        const captured = await kill();
        await card()
          .getByText(/^Your recording of .* was interrupted$/)
          .waitFor();
        const kept = Object.entries(await keptRecordings(app.page)).filter(([id]) => !(id in before));
        expect(kept.length, `kill ${round}`).toBe(1);
        const samples = kept[0]?.[1] ?? 0;
        worst = Math.max(worst, captured - samples);
        expect(samplesToSeconds(captured - samples), `kill ${round}`).toBeLessThanOrEqual(1);
        await app.button('Play').click();
        await expect
          .poll(() => app.page.locator('audio').evaluate((audio: HTMLAudioElement) => audio.duration), {
            timeout: 5_000,
          })
          .toBeCloseTo(samplesToSeconds(samples), 1);
        await app.button('Discard').click();
        await app.page.getByText('The recording was discarded.').waitFor();
      }
      await annotate(`killed ${KILLS} times: at most ${Math.round((worst * 1000) / SAMPLE_RATE)} ms missing`);
    },
  );

  test('on a first visit, where detector and model are still being compiled: the same', async ({ annotate }) => {
    studio.microphone.hears('garden');
    await app.listenFor(1_500);
    const captured = await kill();
    const [samples = 0] = Object.values(await keptRecordings(app.page));
    expect(samplesToSeconds(captured)).toBeGreaterThan(1);
    expect(samplesToSeconds(captured - samples)).toBeLessThanOrEqual(1);
    await annotate(`${Math.round(((captured - samples) * 1000) / SAMPLE_RATE)} ms missing`);
  });

  test('what was said is all there afterwards: what was written by then, and the rest', async () => {
    await app.modelReady();
    const said = studio.microphone.hears('nurse', 1.2, 'umbrella');
    await app.listenFor(said.durationMs + 300);
    await kill();
    await card()
      .getByText(/ sec are safe\.$/)
      .waitFor();
    // Put away, it is to be had from its place in the library.
    await app.button(/^Dismiss: Your recording/).click();
    expect(await card().count()).toBe(0);
    await app.page.getByRole('link', { name: 'Library' }).click();
    await app.page.getByRole('link', { name: /Interrupted/ }).click();
    await app.button('Transcribe the rest').click();
    const paragraphs = app.page.getByRole('textbox', { name: /^Paragraph at/ });
    const text = async () => (await paragraphs.allInnerTexts()).join(' ');
    // Less than either of what was said: neither is missing, nor there twice.
    await expect.poll(async () => errorRate(said.text, await text()), { timeout: 90_000 }).toBeLessThanOrEqual(0.3);
    expect(await text()).toMatch(/patient[^]*umbrella/i);
    await app.button('Pause').waitFor({ state: 'detached' });
    expect(await app.button('Transcribe the rest').count()).toBe(0);
    await app.page.close();
    app = await studio.enter();
    expect(await card().count()).toBe(0);
  });
});

test('sound that is not to be kept is gone when its text is final, and its text is not', async () => {
  const studio = await Studio.open({ settings: { keepAudio: false } });
  try {
    const app = await studio.enter();
    const said = studio.microphone.hears('callback');
    await app.start();
    await expect.poll(async () => Object.keys(await keptRecordings(app.page)).length, { timeout: 5_000 }).toBe(1);
    await app.untilOpenFor(said.durationMs);
    await app.stopAndWait();
    expect(await app.errorRate(said.text), await app.text()).toBeLessThanOrEqual(0.34);
    await expect.poll(() => keptRecordings(app.page), { timeout: 5_000 }).toEqual({});
    await app.page.reload();
    await app.page.goto(`${studio.server.url}#/library`);
    await app.page.getByText(/lunch/i).first().waitFor();
  } finally {
    await studio.close();
  }
});

test('F18: where no sound can be kept, that is told before Start, and a session is whole all the same', async () => {
  const studio = await Studio.open({ contentSettings: { cookies: 2 } });
  try {
    const app = await studio.visit();
    await app.startButton.waitFor();
    // Without waiting for anything else: the model is still to come.
    await app.notice('This window keeps nothing for next time').waitFor({ timeout: 5_000 });
    const said = studio.microphone.hears('callback');
    await app.listenFor(said.durationMs);
    await app.stopAndWait(120_000);
    expect(await app.errorRate(said.text), await app.text()).toBeLessThanOrEqual(0.34);
    expect(await app.log()).toContain('sound goes to memory');
  } finally {
    await studio.close();
  }
});
