/** A recording is transcribed once more, with another model: both texts are kept. */
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { transcriptOf } from '../unit/formats/spoken.ts';
import { axeFindings } from './support/axe.ts';
import { errorRate, type AppPage } from './support/app-page.ts';
import { open, place, soundOf } from './support/shelf.ts';
import { Studio } from './support/studio.ts';

const OLD = transcriptOf({ text: 'The patient was on this text before.', at: 0.3 });

let studio: Studio;
let app: AppPage;
let page: Page;
beforeAll(async () => {
  studio = await Studio.open();
  app = await studio.enter();
  ({ page } = app);
});
afterAll(() => studio.close());

const texts = async (): Promise<string> =>
  (await page.getByRole('textbox', { name: /^Paragraph at/ }).allTextContents()).join(' ');
const version = (): Locator => page.getByRole('combobox', { name: 'Transcription' });
const transcribeAgain = async (): Promise<void> => {
  await page.getByRole('main').getByRole('button', { name: 'Transcribe again' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Transcribe again' }).click();
};

test('a second transcription stands beside the first, and neither is lost', async () => {
  const { text: said } = studio.microphone.hears('nurse');
  await open(page, await place(page, { transcript: OLD, sound: soundOf('nurse') }));
  expect(await texts()).toMatch(/on this text before/);
  await page.getByRole('main').getByRole('button', { name: 'Transcribe again' }).click();
  await page.getByRole('dialog').getByRole('radio', { name: /^Tiny/ }).check();
  expect(await axeFindings(page, 'light')).toBe('');
  await page.getByRole('dialog').getByRole('button', { name: 'Transcribe again' }).click();
  await page.getByText('Transcribing again with Tiny', { exact: true }).waitFor();
  await page.getByText('The transcription with Tiny is ready.', { exact: true }).waitFor({ timeout: 120_000 });
  // Nobody is interrupted in what they write: the new one is shown when it is asked for.
  expect(await texts()).toMatch(/on this text before/);
  expect(await axeFindings(page, 'light')).toBe('');
  await app.button('Show it').click();
  await expect.poll(texts).not.toMatch(/on this text before/);
  expect(errorRate(said, await texts())).toBeLessThan(0.3);
  await version().selectOption({ label: 'Base · English' });
  await expect.poll(texts).toMatch(/on this text before/);
  await page.reload();
  await version().waitFor();
  expect(await version().locator('option').allTextContents()).toEqual(['Base · English', 'Tiny · English']);
});

test('one of them is deleted, and had back', async () => {
  await page.getByRole('main').getByRole('button', { name: 'Transcribe again' }).click();
  await app.button('Delete this transcription: Base · English').click();
  await page.getByText('Tiny · English').waitFor();
  expect(await version().count()).toBe(0);
  expect(await texts()).not.toMatch(/on this text before/);
  await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
  await expect.poll(texts).toMatch(/on this text before/);
  expect(await version().locator('option').allTextContents()).toEqual(['Base · English', 'Tiny · English']);
});

test('it can be given up at any time, and goes on after a reload', async () => {
  await open(page, await place(page, { transcript: OLD, sound: soundOf('garden', 'meeting', 'garden') }));
  await transcribeAgain();
  await page.getByText('Transcribing again with Tiny', { exact: true }).waitFor();
  await page.reload();
  await page.getByText('Transcribing again with Tiny', { exact: true }).waitFor();
  await page.getByText(/^0:[1-9]\d? of /).waitFor({ timeout: 120_000 });
  await app.button('Cancel: Transcribing again with Tiny').click();
  await page.getByText('Transcribing again with Tiny', { exact: true }).waitFor({ state: 'detached' });
  expect(await texts()).toMatch(/on this text before/);
  expect(await version().count()).toBe(0);
});
