/** People who press what they like when they like, and threads and devices that end when they like. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { FRAME_SAMPLES, SAMPLE_RATE } from '../../src/audio/units.ts';
import { seeded } from '../support/seeded.ts';
import {
  errorRate,
  expectOneSession,
  expectOrder,
  framesCaptured,
  framesDropped,
  type AppPage,
} from './support/app-page.ts';
import { Studio } from './support/studio.ts';

const FRAME_MS = (FRAME_SAMPLES / SAMPLE_RATE) * 1000;
const SEED = Number(process.env['SEED'] ?? 27);

let studio: Studio;
let app: AppPage;
beforeAll(async () => {
  studio = await Studio.open();
});
afterAll(() => studio.close());
beforeEach(async () => {
  app = await studio.enter();
});
afterEach(() => app.page.close());

test(`F27: Start and Stop hammered: as many ends as starts, the microphone is off, and it goes on working (seed ${SEED})`, async () => {
  const random = seeded(SEED);
  const said = studio.microphone.hears('callback');
  await app.page.evaluate(() => {
    const announced: string[] = [];
    for (const status of document.querySelectorAll('[role=status]'))
      new MutationObserver(() => announced.push(status.textContent)).observe(status, {
        childList: true,
        characterData: true,
        subtree: true,
      });
    Object.assign(globalThis, { announced });
  });
  for (let press = 0; press < 25; press++) {
    await app.page.keyboard.press('Control+Enter');
    await app.page.waitForTimeout(random() ** 3 * 800);
  }
  if (await app.button(/^(Stop|Starts next)$/).isVisible()) await app.page.keyboard.press('Control+Enter');
  await app.says('Stopped');
  const announced = await app.page.evaluate(() => (globalThis as unknown as { announced: string[] }).announced);
  // O(pening), L(istening), F(inishing), S(topped): where the next session was asked for early, it follows at once.
  const course = announced.map((text) => (/^(Opening|Listening|Finishing|Stopped)/.test(text) ? text.charAt(0) : ''));
  expect(course.join('')).toMatch(/^(OL?FS?){4,}$/);
  expect(course.join('')).toMatch(/S$/);
  expectOneSession(await app.log());
  await expect.poll(async () => (await app.microphones()).on, { timeout: 2000 }).toBe(0);

  // What was caught in passing, if anything, stays before it.
  const before = await app.text();
  await app.listenFor(said.durationMs);
  await app.stopAndWait();
  const added = (await app.text()).slice(before.length);
  expect(errorRate(said.text, added), added).toBeLessThanOrEqual(0.34);
});

test('F27: Start pressed while the last words are written starts the next session right after them', async () => {
  const said = studio.microphone.hears('nurse');
  await app.listenFor(said.durationMs);
  await app.stop();
  await app.page.keyboard.press('Space');
  await app.says('Listening');
  await app.untilOpenFor(said.durationMs);
  await app.stopAndWait();
  expectOneSession(await app.log());
  expect(await app.microphones()).toEqual({ opened: 2, on: 0 });
  expect(await app.errorRate(`${said.text} ${said.text}`), await app.text()).toBeLessThanOrEqual(0.2);
});

test('F19: when the whisper worker dies in mid-utterance, a new one goes on with the same audio', async () => {
  const said = studio.microphone.hears('garden');
  const killAfterMs = 9000;
  const stopAfterMs = 20_000;
  await app.listenFor(killAfterMs);
  const first = app.worker('whisper');
  await first.evaluate(() => {
    setTimeout(() => {
      throw new Error('memory access out of bounds');
    });
  });
  await app.untilOpenFor(stopAfterMs);
  await app.stopAndWait();
  expect(app.worker('whisper')).not.toBe(first);
  const lines = await app.log();
  expectOrder(lines, [
    /^result/,
    /^worker-crashed .*the recogniser starts again$/,
    /^model ready/,
    /^result/,
    /^stopped$/,
  ]);
  expectOneSession(lines);
  expect(framesDropped(lines)).toBe(0);
  const text = await app.text();
  // Up to the Stop in the middle of the story: what follows it was not said.
  const heard = said.text.slice(0, said.text.indexOf('church bells') + 'church bells'.length);
  expect(await app.errorRate(heard), text).toBeLessThanOrEqual(0.2);
});

test('F24: a microphone that is unplugged: what was said is written, and another one goes on', async () => {
  const said = studio.microphone.hears('callback', 1);
  await app.listenFor(said.durationMs);
  await app.page.evaluate(() => {
    const track = (globalThis as unknown as { tracks: MediaStreamTrack[] }).tracks.at(-1);
    track?.stop();
    // A page that stops a track itself is not told.
    track?.dispatchEvent(new Event('ended'));
  });
  await app.notice('The microphone was disconnected').waitFor();
  await expect.poll(() => app.errorRate(said.text), { timeout: 20_000 }).toBeLessThanOrEqual(0.34);
  await app.button('Resume').click();
  await expect.poll(async () => (await app.microphones()).on).toBe(1);
  await app.untilOpenFor(said.durationMs);
  await app.stopAndWait();
  const lines = await app.log();
  expectOrder(lines, [/^first frame$/, /^microphone lost$/, /^gap at \d+ ms$/, /^stop requested$/, /^stopped$/]);
  expectOneSession(lines);
  expect(await app.errorRate(`${said.text} ${said.text}`), await app.text()).toBeLessThanOrEqual(0.34);
  expect(await app.microphones()).toEqual({ opened: 2, on: 0 });
});

test('F26: sound that the browser suspends: one tap goes on, what was said is written, and no time is made up', async () => {
  const pauseMs = 8000;
  const said = studio.microphone.hears('callback', pauseMs / 1000, 'callback');
  const clipMs = (said.durationMs - pauseMs) / 2;
  await app.page.evaluate(() => {
    const contexts: AudioContext[] = [];
    const Original = AudioContext;
    globalThis.AudioContext = class extends Original {
      constructor(options?: AudioContextOptions) {
        super(options);
        contexts.push(this);
      }
    };
    Object.assign(globalThis, { contexts });
  });
  await app.listenFor(clipMs + 2000);
  await app.page.evaluate(() => (globalThis as unknown as { contexts: AudioContext[] }).contexts.at(-1)?.suspend());
  await app.notice('Listening is paused').waitFor();
  await app.page.waitForTimeout(2000);
  await app.button('Resume').click();
  await app.notice('Listening is paused').waitFor({ state: 'detached' });
  await app.untilOpenFor(said.durationMs);
  await app.stopAndWait();
  const lines = await app.log();
  expectOrder(lines, [/^audio suspended$/, /^audio resumed$/, /^stop requested$/, /^stopped$/]);
  expectOneSession(lines);
  expect(await app.errorRate(said.text), await app.text()).toBeLessThanOrEqual(0.34);
  // Two seconds and more were not heard: they are no part of the recording.
  expect(framesCaptured(lines) * FRAME_MS).toBeLessThan(said.durationMs - 1500);
  expect(framesDropped(lines)).toBe(0);
  expect(await app.microphones()).toEqual({ opened: 1, on: 0 });
});

test('F25, F35: noise, music and silence give no words; silence is told', async () => {
  const heard = studio.microphone.hears('noise', 'music', 'silence');
  await app.listenFor(heard.durationMs - 2000);
  await app.notice('No sound from the microphone').waitFor({ timeout: 5000 });
  await app.stopAndWait();
  expect(await app.text()).toBe('');
  await app.page.getByText('No speech was heard. Press Start to try again.').waitFor();
});
