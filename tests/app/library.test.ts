/** What was said is found again: after a reload, in another tab, by a word of it. */
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axeFindings } from './support/axe.ts';
import type { AppPage } from './support/app-page.ts';
import { drop, fixtureFile } from './support/files.ts';
import { Studio } from './support/studio.ts';

let studio: Studio;
let app: AppPage;

beforeAll(async () => {
  studio = await Studio.open();
  app = await studio.enter();
});
afterAll(() => studio.close());

const library = async (page: Page): Promise<void> => {
  await page.getByRole('link', { name: 'Library' }).click();
  await page.getByRole('heading', { name: 'Library' }).waitFor();
};
const rows = (page: Page): Locator => page.getByRole('listitem').filter({ has: page.getByRole('link') });
const back = async (page: Page): Promise<void> => {
  await page.evaluate(() => (location.hash = '#/'));
  await app.startButton.waitFor();
};

let said: ReturnType<Studio['microphone']['hears']>;

test('a recording is in the library when it stops, and one press away', async () => {
  said = studio.microphone.hears('nurse');
  await app.listenFor(said.durationMs);
  await app.stopAndWait();
  const text = await app.text();
  await app.page.getByRole('link', { name: 'Open', exact: true }).click();
  await expect.poll(() => app.page.url()).toMatch(/#\/session\/[\da-f-]{36}$/);
  await app.page.getByText(text.split(' ').slice(0, 4).join(' ')).first().waitFor();
  await app.page.goBack();
  expect(await app.text()).toBe(text);
});

test('F31: after a reload it is still there, a search finds a word of it, and leads to its moment', async () => {
  await app.page.reload();
  await app.startButton.waitFor();
  await library(app.page);
  expect(await rows(app.page).count()).toBe(1);
  await app.page.keyboard.press('/');
  await app.page.keyboard.type('PATIENT');
  const hit = app.page.getByRole('link', { name: /^0:0\d/ }).first();
  expect((await hit.locator('mark').innerText()).toLowerCase()).toBe('patient');
  await hit.click();
  await expect.poll(() => app.page.url()).toMatch(/#\/session\/[\da-f-]{36}\?at=\d+&find=PATIENT$/);
  await app.page
    .getByText(/patient/i)
    .first()
    .waitFor();
  await app.page.goBack();
  await app.page.getByRole('textbox', { name: 'Search all transcripts' }).waitFor();
  expect(await app.page.getByRole('textbox').inputValue()).toBe('PATIENT');
  await app.button('Clear the search').click();
});

test('another tab sees what is renamed, deleted and brought back', async () => {
  const other = await studio.visit();
  await other.startButton.waitFor();
  await library(other.page);
  await app.page.getByRole('button', { name: /^Rename: / }).click();
  await app.page.keyboard.type('Ward round');
  await app.page.keyboard.press('Enter');
  await other.page.getByRole('link', { name: 'Ward round' }).waitFor();
  await app.button('Delete: Ward round').click();
  await other.page.getByText('Nothing here yet.').waitFor();
  await app.button('Undo').click();
  await other.page.getByRole('link', { name: 'Ward round' }).waitFor();
  await other.page.close();
});

test('text behind the one on the page is of one session with it; after Clear another one begins', async () => {
  await back(app.page);
  const first = studio.microphone.hears('umbrella');
  await app.listenFor(first.durationMs);
  await app.stopAndWait();
  await app.startButton.click();
  await app.says('Listening');
  await app.untilOpenFor(first.durationMs);
  await app.stopAndWait();
  const twice = await app.text();
  await app.button('Clear').click();
  await library(app.page);
  await expect.poll(() => rows(app.page).count()).toBe(2);
  await rows(app.page).first().getByRole('link').click();
  const words = (text: string) => text.match(/umbrella|table|kitchen/gi)?.length ?? 0;
  expect(words(twice)).toBeGreaterThan(1);
  await expect
    .poll(async () => words(await app.page.getByRole('region', { name: 'Transcript' }).innerText()))
    .toBe(words(twice));
  await back(app.page);
  await app.listenFor(first.durationMs);
  await app.stopAndWait();
  await library(app.page);
  await expect.poll(() => rows(app.page).count()).toBe(3);
});

test('a recording in which nothing is said leaves nothing behind', async () => {
  await back(app.page);
  await app.page.reload();
  await app.modelReady();
  studio.microphone.hears('silence');
  await app.listenFor(1_500);
  await app.stopAndWait();
  await library(app.page);
  // It goes once its sound has been closed.
  await expect.poll(() => rows(app.page).count(), { timeout: 10_000 }).toBe(3);
});

test('F44: a finished file is a session, and stays one when it leaves the queue', async () => {
  await back(app.page);
  await drop(app.page, [fixtureFile('callback.wav', 'call <b>back</b>.wav')]);
  await app.page.getByRole('link', { name: 'Open: call <b>back</b>.wav' }).waitFor({ timeout: 90_000 });
  await app.button('Remove: call <b>back</b>.wav').click();
  await app.page.reload();
  await app.startButton.waitFor();
  await library(app.page);
  expect(await rows(app.page).first().innerText()).toContain('call <b>back</b>.wav');
});

test.each(['light', 'dark'] as const)('axe finds nothing in the library, %s', async (colorScheme) => {
  expect(await axeFindings(app.page, colorScheme)).toBe('');
});
