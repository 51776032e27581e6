/** Recordings that break off: the page is killed, the disk is full, nothing can be kept, nothing is wanted to be kept. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { SAMPLE_RATE, samplesToSeconds } from '../../src/audio/units.ts';
import { seeded } from '../support/seeded.ts';
import { errorRate, type AppPage } from './support/app-page.ts';
import { capturedSamples, keptRecordings, killRenderers, watchCapture } from './support/killing.ts';
import { Studio } from './support/studio.ts';

const SEED = Number(process.env['SEED'] ?? 31);
/** `KILLS=20` for the figure that is published. */
const KILLS = Number(process.env['KILLS'] ?? 5);

let studio: Studio;
let app: AppPage;
beforeAll(async () => {
  studio = await Studio.open();
  await watchCapture(studio);
});
afterAll(() => studio.close());
beforeEach(async () => {
  app = await studio.enter();
});
afterEach(() => app.page.close());

/** Kills the page and starts anew. */
async function killed(): Promise<{ readonly captured: number }> {
  const captured = await capturedSamples(app.page);
  const crashed = app.page.waitForEvent('crash');
  await killRenderers(studio);
  await crashed;
  await app.page.close();
  app = await studio.enter();
  return { captured };
}

const card = () => app.page.getByRole('article');

test(`F31: killed at random moments, never more than a second is missing, and it can be played (seed ${SEED})`, async ({
  annotate,
}) => {
  const random = seeded(SEED);
  studio.microphone.hears('garden');
  let worst = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    await app.start();
    await app.page.waitForTimeout(500 + random() * 6_000);
    const { captured } = await killed();
    await card()
      .getByText(/^Your recording of .* was interrupted$/)
      .waitFor();
    const [samples = 0, ...others] = Object.values(await keptRecordings(app.page));
    expect(others).toEqual([]);
    worst = Math.max(worst, captured - samples);
    expect(samplesToSeconds(captured - samples), `kill ${kill}`).toBeLessThanOrEqual(1);
    await app.button('Play').click();
    const player = app.page.locator('audio');
    await expect
      .poll(() => player.evaluate((audio: HTMLAudioElement) => audio.duration))
      .toBeCloseTo(samplesToSeconds(samples), 1);
    await app.button('Discard').click();
    await app.page.getByText('The recording was discarded.').waitFor();
    await app.page.reload();
    await app.modelReady();
    expect(await card().count()).toBe(0);
  }
  await annotate(`killed ${KILLS} times: at most ${Math.round((worst * 1000) / SAMPLE_RATE)} ms missing`);
});

test('F31: what was said before the page was killed is all there, the part that was written and the part that was not', async () => {
  const said = studio.microphone.hears('nurse', 1.2, 'umbrella');
  await app.listenFor(said.durationMs + 300);
  await killed();
  await card()
    .getByText(/ sec are safe\.$/)
    .waitFor();
  await app.button('Transcribe the rest').click();
  await card().getByText('All of it is written down.').waitFor();
  await app.button('Open').click();
  const text = await writtenText();
  expect(errorRate(said.text, text), text).toBeLessThanOrEqual(0.2);
  await app.page.reload();
  await app.modelReady();
  expect(await card().count()).toBe(0);
});

const writtenText = async () => (await app.page.getByRole('main').innerText()).replace(/\s+/g, ' ');
