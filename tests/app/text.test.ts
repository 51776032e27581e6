/** What one does with the words, by hand and by keyboard, in two languages. */
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeFindings } from './support/axe.ts';
import { errorRate, expectOneSession, type AppPage } from './support/app-page.ts';
import { Studio } from './support/studio.ts';

/** What is read of a saved `.json`; times are in seconds. */
interface Saved {
  readonly segments: readonly {
    readonly words: readonly { readonly text: string; readonly start: number; readonly end: number }[];
  }[];
}

let studio: Studio;
let app: AppPage;
let said: ReturnType<Studio['microphone']['hears']>;
let text: string;

beforeAll(async () => {
  studio = await Studio.open();
  app = await studio.enter();
  said = studio.microphone.hears('nurse');
  // By the keyboard alone.
  await app.page.keyboard.press('Space');
  await app.says('Listening');
  await app.untilOpenFor(said.durationMs);
  await app.page.keyboard.press('Space');
  await app.says('Stopped');
  text = await app.text();
});
afterAll(() => studio.close());

test('the space bar starts and stops', async () => {
  expectOneSession(await app.log());
  expect(errorRate(said.text, text), text).toBeLessThanOrEqual(0.2);
});

test('Copy gives the words to the clipboard', async () => {
  await studio.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await app.button('Copy').click();
  await app.button('Copied').waitFor();
  const copied = await app.page.evaluate(() => navigator.clipboard.readText());
  expect(errorRate(text, copied), copied).toBe(0);
});

describe('Save', () => {
  const save = async (format: string): Promise<string> => {
    const dialog = app.page.getByRole('dialog', { name: 'Save or share' });
    await app.button('Save').click();
    await dialog.locator(`input[value="${format}"]`).check();
    const [download] = await Promise.all([
      app.page.waitForEvent('download'),
      dialog.getByRole('button', { name: `Save .${format}` }).click(),
    ]);
    await app.page.keyboard.press('Escape');
    expect(download.suggestedFilename()).toMatch(new RegExp(`^Sotto .*\\.${format}$`));
    return readFile(await download.path(), 'utf8');
  };
  const TIME = /^(\d\d:)?\d\d:\d\d[.,]\d{3} --> (\d\d:)?\d\d:\d\d[.,]\d{3}$/;
  const spoken = (subtitles: string): string =>
    subtitles
      .split('\n')
      .filter((line) => !/^(WEBVTT.*|\d+)?$/.test(line.trim()) && !TIME.test(line.trim()))
      .join(' ');

  test('.txt', async () => {
    expect(errorRate(text, await save('txt'))).toBe(0);
  });

  test.each(['srt', 'vtt'])('.%s has the words, and times within the recording', async (format) => {
    const subtitles = await save(format);
    expect(errorRate(text, spoken(subtitles)), subtitles).toBe(0);
    expect(subtitles.split('\n').filter((line) => TIME.test(line.trim())).length).toBeGreaterThan(0);
  });

  test('.json has every word with its times', async () => {
    const { segments } = JSON.parse(await save('json')) as Saved;
    const words = segments.flatMap((segment) => segment.words);
    expect(errorRate(text, words.map((word) => word.text).join(''))).toBe(0);
    for (const { start, end } of words) {
      expect(start).toBeGreaterThanOrEqual(0);
      expect(end).toBeGreaterThanOrEqual(start);
      expect(end).toBeLessThanOrEqual(said.durationMs / 1000 + 1);
    }
    const starts = words.map(({ start }) => start);
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
  });
});

test('Clear takes the text away, Undo brings it back', async () => {
  await app.button('Clear').click();
  await app.page.getByText('Text cleared').waitFor();
  expect(await app.text()).toBe('');
  await app.button('Undo').click();
  expect(await app.text()).toBe(text);
});

test('the report holds nothing of what was said', async () => {
  await studio.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await app.openDiagnostics();
  await app.button('Copy report').click();
  await app.page.getByRole('dialog').getByText('Copied').waitFor();
  const report = await app.page.evaluate(() => navigator.clipboard.readText());
  await app.page.keyboard.press('Escape');
  expect(report).toMatch(/model tiny on wasm, \d+ threads, loaded in \d+ ms/);
  expect(report).toMatch(/real-time factor \d/);
  expect(report).not.toMatch(/patient|morning|temperature|tomorrow/i);
});

test.each(['light', 'dark'] as const)('axe finds nothing on the app with its words, %s', async (colorScheme) => {
  expect(await axeFindings(app.page, colorScheme)).toBe('');
});

test('languages that were chosen stand at the top of the menu, at the next visit, too', async () => {
  const menu = app.page.getByRole('combobox', { name: 'Spoken language' });
  for (const language of ['de', 'fr', 'en']) await menu.selectOption(language);
  await app.page.reload();
  await app.startButton.waitFor();
  const suggested = menu.locator('optgroup').first().locator('option');
  const codes = await suggested.evaluateAll((options) => options.map((option) => option.getAttribute('value')));
  expect(codes.slice(0, 3)).toEqual(['en', 'fr', 'de']);
});

test('the interface speaks Japanese when asked to, now and at the next visit', async () => {
  await app.button('Settings').click();
  await app.page.getByLabel('Interface language').selectOption('ja');
  await app.page.getByRole('heading', { name: '設定' }).waitFor();
  await app.page.keyboard.press('Escape');
  await app.button('開始').waitFor();
  await app.page.reload();
  await app.button('開始').waitFor();
  expect(await app.page.evaluate(() => document.documentElement.lang)).toBe('ja');
});
