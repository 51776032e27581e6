/** Files in, text out, on the production build. Each name F36 … F44 is a row of the list of faults. */
import axe from 'axe-core';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { FAKE_MICROPHONE_ARGS } from '../../build/browser.ts';
import { openBrowser, temporaryFolder } from './support/browser.ts';
import { act, clear, drop, fixtureFile, repeated, row, says, textOf, visit, wav } from './support/files.ts';

let profile: Awaited<ReturnType<typeof temporaryFolder>>;
let browser: BrowserContext;
let page: Page;
beforeAll(async () => {
  profile = await temporaryFolder();
  browser = await openBrowser(profile.path, FAKE_MICROPHONE_ARGS);
});
afterAll(async () => {
  await browser.close();
  await profile.remove();
});
beforeEach(async () => {
  page = await visit(browser, inject('appUrl'));
});
afterEach(async () => {
  await clear(page);
  await page.close();
});

const occurrences = (text: string, word: RegExp): number => [...text.matchAll(word)].length;

test('what a browser can decode becomes text, whatever its container, in the order it was given', async () => {
  const names = ['callback.mp3', 'callback.m4a', 'callback.ogg', 'callback.flac', 'callback.webm', 'callback.mp4'];
  const files = names.map((name) => fixtureFile(`media/${name}`));
  await drop(page, [...files, fixtureFile('media/callback-ulaw.wav'), fixtureFile('media/callback.ogg', 'wrong.mp3')]);
  for (const name of [...names, 'callback-ulaw.wav', 'wrong.mp3']) {
    await says(page, name, /^Done · 0:0[23]$/);
    expect(await textOf(page, name), name).toMatch(/please call me back/i);
  }
  await page.evaluate(axe.source);
  const violations = await page.evaluate(async () => {
    const found = await (globalThis as unknown as { readonly axe: typeof axe }).axe.run(document);
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  });
  expect(violations).toEqual([]);
});

describe('what cannot be written is told in plain words, and the next file goes on', () => {
  test('F36: no audio, whatever the name says · F38: no sound · F42: the codec is named', async () => {
    await drop(page, [
      fixtureFile('media/empty.wav'),
      fixtureFile('media/text.mp3'),
      fixtureFile('media/no-sound.mp4'),
      fixtureFile('media/unsupported.mkv'),
      fixtureFile('callback.wav'),
    ]);
    await says(page, 'empty.wav', 'The file is empty');
    await says(page, 'text.mp3', 'This is not an audio or video file');
    await says(page, 'no-sound.mp4', 'This video has no sound');
    await says(page, 'unsupported.mkv', 'This browser cannot play Dolby Digital (AC-3)');
    await says(page, 'callback.wav', /^Done/);
  });

  test('F37: of a file cut off in the middle, all that is there is written, and a note says so', async () => {
    await drop(page, [fixtureFile('media/truncated.mp3')]);
    await says(page, 'truncated.mp3', /^Done · 0:0[45]$/);
    await says(page, 'truncated.mp3', /damaged or missing/);
    expect(await textOf(page, 'truncated.mp3')).toMatch(/patient slept well/i);
  });

  test('F40: impossible headers are refused · F43: what is no number is silence', async () => {
    const float = Buffer.alloc(16_000 * 4);
    for (let i = 0; i < 16_000; i++) float.writeFloatLE([NaN, Infinity, -Infinity, 1e30][i % 4]!, 4 * i);
    const claims = fixtureFile('callback.wav', 'claims.wav');
    // 2^31 samples; what is there is written.
    claims.content.writeUInt32LE(0xffff_fff0, 40);
    await drop(page, [
      claims,
      wav('channels.wav', { format: 1, channels: 192, sampleRate: 48_000, bits: 16 }, Buffer.alloc(192 * 2 * 100)),
      wav('numbers.wav', { format: 3, channels: 1, sampleRate: 16_000, bits: 32 }, float),
    ]);
    await says(page, 'claims.wav', /^Done · 0:0[23]$/);
    expect(await textOf(page, 'claims.wav')).toMatch(/call me back/i);
    await says(page, 'channels.wav', 'The file says impossible things about itself');
    await says(page, 'numbers.wav', /^Done/);
    expect(await textOf(page, 'numbers.wav')).not.toMatch(/\d|[.!]$/);
  });
});

test('F44: paused, resumed, cancelled: each within a second, no word lost or doubled', async () => {
  await drop(page, [repeated('garden.wav', 2, 'long.wav'), repeated('garden.wav', 2, 'second.wav')]);
  await says(page, 'long.wav', /^0:[1-9].* of 1:11|^1:.* of 1:11/);
  await act(page, 'long.wav', 'Pause');
  await says(page, 'long.wav', /^Paused · \d:\d\d of 1:11$/, 1_000);
  // The next file has its turn meanwhile.
  await says(page, 'second.wav', /of 1:11/);
  await act(page, 'second.wav', 'Cancel');
  await says(page, 'second.wav', /^Cancelled/, 1_000);
  await act(page, 'long.wav', 'Resume');
  await says(page, 'long.wav', /^Done · 1:11$/);
  const text = await textOf(page, 'long.wav');
  expect(occurrences(text, /grandmother/gi)).toBe(2);
  expect(occurrences(text, /tall grass/gi)).toBe(2);
});

test('a recording has the recogniser; the file waits, says so, and goes on after it', async () => {
  await drop(page, [repeated('garden.wav', 2, 'lecture.wav')]);
  await says(page, 'lecture.wav', /of 1:11/);
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await says(page, 'lecture.wav', 'Waits while you record', 1_000);
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await says(page, 'lecture.wav', /^Done · 1:11$/);
  expect(occurrences(await textOf(page, 'lecture.wav'), /grandmother/gi)).toBe(2);
});

test('two files of one name are two files; the list can be put in another order from the keyboard', async () => {
  await drop(page, [repeated('garden.wav', 2, 'first.wav'), fixtureFile('callback.wav', 'voice.wav')]);
  await drop(page, [fixtureFile('nurse.wav', 'voice.wav')]);
  await row(page, 'voice.wav').nth(1).waitFor();
  const up = page.getByRole('button', { name: 'Move up: voice.wav' }).nth(1);
  await up.focus();
  await page.keyboard.press('Enter');
  expect(
    await row(page, 'voice.wav')
      .first()
      .getByRole('button', { name: /^Move up/ })
      .evaluate((b) => b === document.activeElement),
  ).toBe(true);
  await says(page, 'first.wav', /^Done/);
  const texts = [];
  for (const nth of [0, 1]) {
    const one = row(page, 'voice.wav').nth(nth);
    await one.getByText(/^Done/).waitFor();
    await one.getByRole('button').first().click();
    texts.push(await page.getByRole('log').innerText());
  }
  expect(texts[0]).toMatch(/patient/i);
  expect(texts[1]).toMatch(/lunch/i);
});
