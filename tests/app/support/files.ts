import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

const FIXTURES = join(import.meta.dirname, '..', '..', 'fixtures');

/** What is put into a file of the page. */
export interface Given {
  readonly name: string;
  readonly content: Buffer;
}

export const fixtureFile = (path: string, name = basename(path)): Given => ({
  name,
  content: readFileSync(join(FIXTURES, path)),
});

/** The page as a person with the smallest model meets it. The browser's own file picker cannot be pressed by a test: it is hidden. */
export async function visit(browser: BrowserContext, url: string): Promise<Page> {
  const page = await browser.newPage();
  await page.addInitScript(() => {
    localStorage.setItem('sotto-settings', JSON.stringify({ model: 'tiny', language: 'en', interfaceLanguage: 'en' }));
    Reflect.deleteProperty(globalThis, 'showOpenFilePicker');
    // What is dropped here lies on no disk: there is nothing behind its handle.
    Reflect.deleteProperty(DataTransferItem.prototype, 'getAsFileSystemHandle');
  });
  await page.goto(url);
  await page.getByRole('button', { name: 'Start', exact: true }).waitFor();
  return page;
}

/** Drops files on the page, as from the desktop. */
export async function drop(page: Page, files: readonly Given[]): Promise<void> {
  const given = files.map(({ name, content }) => ({ name, base64: content.toString('base64') }));
  await page.evaluate((all) => {
    const dataTransfer = new DataTransfer();
    for (const { name, base64 } of all) {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      dataTransfer.items.add(new File([bytes], name, { lastModified: 1_700_000_000_000 }));
    }
    for (const type of ['dragenter', 'dragover', 'drop'])
      document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
  }, given);
}

/** The row of a file in the list. */
export const row = (page: Page, name: string): Locator => page.getByRole('listitem').filter({ hasText: name });

/** Waits until the row says so. */
export async function says(page: Page, name: string, words: string | RegExp, timeoutMs = 90_000): Promise<void> {
  await row(page, name).getByText(words).first().waitFor({ timeout: timeoutMs });
}

export const act = (page: Page, name: string, what: string): Promise<void> =>
  page.getByRole('button', { name: `${what}: ${name}`, exact: true }).click();

/** Shows a file's text and reads it. */
export async function textOf(page: Page, name: string): Promise<string> {
  await row(page, name).getByRole('button').first().click();
  return (await page.getByRole('log').innerText()).replace(/\s+/g, ' ').trim();
}

/** Leaves nothing for the next test. */
export async function clear(page: Page): Promise<void> {
  const rows = page.getByRole('region', { name: 'Files' }).getByRole('listitem');
  const stop = page.getByRole('button', { name: /^(Cancel|Remove): / });
  while ((await rows.count()) > 0 && (await stop.count()) > 0) await stop.first().click();
  expect(await stop.count()).toBe(0);
}

/** So many times the same recording as one WAV of 16-bit mono PCM at 16 kHz. */
export function repeated(path: string, times: number, name: string): Given {
  const wav = readFileSync(join(FIXTURES, path));
  const data = wav.subarray(44);
  const header = Buffer.from(wav.subarray(0, 44));
  header.writeUInt32LE(36 + data.length * times, 4);
  header.writeUInt32LE(data.length * times, 40);
  return { name, content: Buffer.concat([header, ...Array.from({ length: times }, () => data)]) };
}

/** 16-bit mono at 16 kHz. */
export function pcm16(name: string, samples: Float32Array): Given {
  const data = Buffer.alloc(2 * samples.length);
  samples.forEach((sample, i) => data.writeInt16LE(Math.round(Math.max(-1, Math.min(1, sample)) * 32_767), 2 * i));
  return wav(name, { format: 1, channels: 1, sampleRate: 16_000, bits: 16 }, data);
}

/** A WAV whose header says what it is told to. */
export function wav(
  name: string,
  header: { readonly format: number; readonly channels: number; readonly sampleRate: number; readonly bits: number },
  data: Buffer,
): Given {
  const { format, channels, sampleRate, bits } = header;
  const bytes = Buffer.alloc(44);
  bytes.write('RIFF', 0, 'latin1');
  bytes.writeUInt32LE(36 + data.length, 4);
  bytes.write('WAVEfmt ', 8, 'latin1');
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(format, 20);
  bytes.writeUInt16LE(channels, 22);
  bytes.writeUInt32LE(sampleRate, 24);
  bytes.writeUInt32LE((sampleRate * channels * bits) / 8, 28);
  bytes.writeUInt16LE((channels * bits) / 8, 32);
  bytes.writeUInt16LE(bits, 34);
  bytes.write('data', 36, 'latin1');
  bytes.writeUInt32LE(data.length, 40);
  return { name, content: Buffer.concat([bytes, data]) };
}
