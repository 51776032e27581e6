/** Files that are come back to: behind a handle, changed meanwhile, with no space to keep their text. On the production build. */
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { openBrowser, temporaryFolder } from './support/browser.ts';
import { act, clear, drop, fixtureFile, repeated, says, textOf, visit, type Given } from './support/files.ts';

let profile: Awaited<ReturnType<typeof temporaryFolder>>;
let browser: BrowserContext;
let page: Page;
beforeAll(async () => {
  profile = await temporaryFolder();
  browser = await openBrowser(profile.path);
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

/** Writes a file of the origin's own file system: its handles are like those of files on the disk, and never need a permission. */
async function write({ name, content }: Given): Promise<void> {
  await page.evaluate(
    async ([fileName, base64]) => {
      const root = await navigator.storage.getDirectory();
      const handle = await root.getFileHandle(fileName, { create: true });
      const stream = await handle.createWritable();
      await stream.write(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)));
      await stream.close();
    },
    [name, content.toString('base64')] as const,
  );
}

/** Opens such a file by the app's button: the picker, which no test can press, gives its handle. */
async function pick(name: string): Promise<void> {
  await page.evaluate((fileName) => {
    const showOpenFilePicker = async () => [await (await navigator.storage.getDirectory()).getFileHandle(fileName)];
    Object.assign(globalThis, { showOpenFilePicker });
  }, name);
  await page.getByRole('button', { name: 'Open files' }).first().click();
}

const occurrences = (text: string, word: RegExp): number => [...text.matchAll(word)].length;
const UNDER_WAY = /^0:[1-9].* of 1:11|^1:.* of 1:11/;

test('F44: where the browser keeps a handle, a reload asks for nothing', async () => {
  await write(repeated('garden.wav', 2, 'kept.wav'));
  await pick('kept.wav');
  await says(page, 'kept.wav', UNDER_WAY);
  await page.reload();
  await says(page, 'kept.wav', /^Done · 1:11$/);
  const text = await textOf(page, 'kept.wav');
  expect(occurrences(text, /grandmother/gi)).toBe(2);
  expect(occurrences(text, /tall grass/gi)).toBe(2);
});

test('F44: a file that has changed on the disk meanwhile is not gone on with, and its text is kept', async () => {
  await write(repeated('garden.wav', 2, 'changed.wav'));
  await pick('changed.wav');
  await says(page, 'changed.wav', UNDER_WAY);
  await write(repeated('nurse.wav', 3, 'changed.wav'));
  await page.reload();
  await says(page, 'changed.wav', 'The file is not the same any more');
  expect(await textOf(page, 'changed.wav')).toMatch(/grandmother/i);
});

test('without any free space the text is made all the same, and it is said that it will not last', async () => {
  // Chromium's own quota, made small, does not reach what IndexedDB writes in so small pieces: its answer is given for it.
  await page.evaluate(() => {
    for (const write of ['put', 'add'] as const)
      IDBObjectStore.prototype[write] = () => {
        throw new DOMException('The device is full.', 'QuotaExceededError');
      };
  });
  await drop(page, [fixtureFile('callback.wav', 'full.wav')]);
  await page.getByText('There is no space left on this device', { exact: false }).waitFor({ timeout: 90_000 });
  await says(page, 'full.wav', /^Done/);
  expect(await textOf(page, 'full.wav')).toMatch(/call me back/i);
  await page.reload();
});

test('a file has a language of its own, if a person says so before it starts', async () => {
  await drop(page, [repeated('garden.wav', 2, 'first.wav'), fixtureFile('nurse.wav', 'second.wav')]);
  await page.getByRole('combobox', { name: 'Spoken language: second.wav' }).selectOption({ label: 'Japanese' });
  await act(page, 'first.wav', 'Cancel');
  // What the settings say is not changed by it.
  await drop(page, [fixtureFile('callback.wav', 'third.wav')]);
  await says(page, 'second.wav', /^Done/);
  expect(await textOf(page, 'second.wav')).toMatch(/[\u3040-\u30ff\u4e00-\u9fff]/);
  await says(page, 'third.wav', /^Done/);
  expect(await textOf(page, 'third.wav')).toMatch(/call me back/i);
});
