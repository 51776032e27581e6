/** Names and replacements of a person, entered where a person enters them, and what comes of them in files and while listening. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fixture } from '../fixtures/wav.ts';
import { errorRate, type AppPage } from './support/app-page.ts';
import { drop, fixtureFile, says, textOf } from './support/files.ts';
import { Studio } from './support/studio.ts';

const TERMS = readFileSync(join(import.meta.dirname, '..', 'fixtures', 'names.txt'), 'utf8')
  .trim()
  .split('\n');
const PATIENCE_MS = 170_000;

let studio: Studio;
let app: AppPage;
beforeAll(async () => {
  studio = await Studio.open({ settings: { model: 'base', language: 'en', interfaceLanguage: 'en' } });
  // What is dropped here lies on no disk: there is nothing behind its handle.
  await studio.context.addInitScript(() => {
    Reflect.deleteProperty(DataTransferItem.prototype, 'getAsFileSystemHandle');
  });
  app = await studio.enter();
});
afterAll(() => studio.close());

const namesIn = (text: string): string[] => TERMS.filter((term) => text.includes(term));

/** Has a recording written from its file. */
async function written(id: string, name: string): Promise<string> {
  await drop(app.page, [fixtureFile(`${id}.wav`, name)]);
  await says(app.page, name, /^Done/, PATIENCE_MS);
  return textOf(app.page, name);
}

async function openVocabulary(): Promise<void> {
  await app.button('Settings').click();
  await app.button(/^Names and replacements/).click();
}

describe('names that nobody has', () => {
  let without: string;
  let plainWithout: string;
  beforeAll(async () => {
    without = await written('names', 'names-1.wav');
    plainWithout = await written('meeting', 'meeting-1.wav');
    await openVocabulary();
    await app.page.getByLabel('Names and terms').fill(TERMS.join('\n'));
    await app.page.keyboard.press('Escape');
  }, 2 * PATIENCE_MS);

  test('are misspelled until they are entered, and right from then on', async () => {
    expect(namesIn(without).length, without).toBeLessThan(TERMS.length / 2);
    const text = await written('names', 'names-2.wav');
    expect(namesIn(text), text).toEqual(TERMS);
    expect(errorRate(fixture('names').text, text), text).toBeLessThan(errorRate(fixture('names').text, without));
  });

  test('are not written where nobody says them', async () => {
    const text = await written('meeting', 'meeting-2.wav');
    expect(namesIn(text)).toEqual([]);
    expect(errorRate(fixture('meeting').text, text), text).toBeLessThanOrEqual(
      errorRate(fixture('meeting').text, plainWithout),
    );
    for (const id of ['silence', 'noise', 'music']) expect(await written(id, `${id}.wav`), id).toBe('');
  });

  test('are right while someone speaks as well; what is replaced is so at once, and committed words never change', async () => {
    await openVocabulary();
    await app.page.getByLabel('Heard, replacement 1').fill('monday morning');
    await app.page.getByLabel('Written, replacement 1').fill('4 October');
    await app.page.keyboard.press('Escape');
    const said = studio.microphone.hears('names');
    await app.start();
    const watched = await app.watchText();
    await app.untilOpenFor(said.durationMs);
    await app.stopAndWait(PATIENCE_MS);
    const text = await app.text();
    expect(namesIn(text).length, text).toBeGreaterThanOrEqual(TERMS.length - 1);
    expect(text).toContain('4 October');
    (await watched()).reduce((before, { committed }) => {
      expect(committed.startsWith(before), `“${before}” became “${committed}”`).toBe(true);
      expect(committed).not.toMatch(/monday/i);
      return committed;
    }, '');
  });

  test('are still there after a reload', async () => {
    await app.page.reload();
    await app.modelReady();
    await openVocabulary();
    expect(await app.page.getByLabel('Names and terms').inputValue()).toBe(TERMS.join('\n'));
    expect(await app.page.getByLabel('Written, replacement 1').inputValue()).toBe('4 October');
  });
});
