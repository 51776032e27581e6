/** A session that is opened again: listened to, corrected, searched. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type Axe from 'axe-core';
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { transcriptOf } from '../unit/formats/spoken.ts';
import type { AppPage } from './support/app-page.ts';
import { open, place, soundOf } from './support/shelf.ts';
import { Studio } from './support/studio.ts';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** Three paragraphs: a pause of nearly three seconds, then another language. */
const SAID = transcriptOf(
  {
    text: 'Good morning, everyone. We moved the meeting to Thirsty because the small room is clothed.',
    at: 0.3,
    secondsPerWord: 0.25,
  },
  { text: 'Please bring your questions and a short summery.', at: 7 },
  { text: '今日は晴れです。', at: 12, language: 'ja' },
);

let studio: Studio;
let app: AppPage;
let page: Page;
beforeAll(async () => {
  studio = await Studio.open();
});
afterAll(() => studio.close());
beforeEach(async () => {
  app = await studio.visit();
  ({ page } = app);
});
afterEach(() => page.close());

const paragraph = (index: number): Locator => page.getByRole('textbox', { name: /^Paragraph at/ }).nth(index);
const texts = () => page.getByRole('textbox', { name: /^Paragraph at/ }).allTextContents();
const saved = () => page.getByText('Saved', { exact: true }).waitFor();
const position = () => page.getByRole('slider', { name: 'Position' }).getAttribute('aria-valuetext');
const marked = (name: string) =>
  page.evaluate(
    (wanted) =>
      [...(CSS.highlights.get(wanted) ?? [])].map((range) => (range instanceof Range ? range.toString() : '')),
    name,
  );

async function begin(placed: Parameters<typeof place>[1]): Promise<string> {
  const id = await place(page, placed);
  await open(page, id);
  return id;
}

/** Puts the caret behind a word, by keys alone. */
async function goBehind(index: number, word: string): Promise<void> {
  const text = (await paragraph(index).textContent()) ?? '';
  await paragraph(index).focus();
  await page.keyboard.press('Control+Home');
  for (let step = text.indexOf(word) + word.length; step > 0; step--) await page.keyboard.press('ArrowRight');
}

/** Takes the word before the caret away and writes another one. */
async function rewrite(index: number, wrong: string, right: string): Promise<void> {
  await goBehind(index, wrong);
  await page.keyboard.press('Control+Backspace');
  await page.keyboard.type(right);
}

test('three words are corrected by keys; they are there after a reload, and can be undone before it', async () => {
  await begin({ transcript: SAID, sound: soundOf('meeting') });
  await rewrite(0, 'Thirsty', 'Thursday');
  await rewrite(0, 'clothed', 'closed');
  await rewrite(1, 'summery', 'summary');
  const corrected = [
    'Good morning, everyone. We moved the meeting to Thursday because the small room is closed.',
    'Please bring your questions and a short summary.',
    '今日は晴れです。',
  ];
  expect(await texts()).toEqual(corrected);
  await saved();
  await page.reload();
  await paragraph(0).waitFor();
  expect(await texts()).toEqual(corrected);

  await rewrite(0, 'Good', 'Bad');
  expect((await texts())[0]).toMatch(/^Bad morning/);
  for (let step = 0; step < 10 && (await app.button('Undo').getAttribute('aria-disabled')) === 'false'; step++)
    await page.keyboard.press('Control+z');
  expect(await texts()).toEqual(corrected);
  for (let step = 0; step < 10 && (await app.button('Redo').getAttribute('aria-disabled')) === 'false'; step++)
    await page.keyboard.press('Control+y');
  expect((await texts())[0]).toMatch(/^Bad morning/);
  await saved();
});

test('paragraphs are parted and joined; pasted lines become some', async () => {
  await begin({ transcript: SAID });
  await goBehind(0, 'everyone.');
  await page.keyboard.press('Enter');
  expect((await texts()).slice(0, 2)).toEqual([
    'Good morning, everyone.',
    'We moved the meeting to Thirsty because the small room is clothed.',
  ]);
  await page.keyboard.type('Oh: ');
  expect((await texts())[1]).toMatch(/^Oh: We moved/);
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('Backspace');
  expect((await texts())[0]).toMatch(/^Good morning, everyone\. Oh: We moved/);
  await studio.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate(() => navigator.clipboard.writeText('One.\n\nTwo.'));
  await page.keyboard.press('Control+v');
  expect((await texts()).slice(0, 2).join('|')).toMatch(/^Good morning, everyone\. One\.\|Two\.Oh: We moved/);
});

test('the first word can be written anew: its space waits until the caret leaves, and is no part of the text', async () => {
  await begin({ transcript: SAID });
  await rewrite(1, 'Please', '');
  expect((await texts())[1]).toBe(' bring your questions and a short summery.');
  // A place in the text is the same with the space before it.
  await page.keyboard.press('Control+ArrowRight');
  await page.keyboard.press('Enter');
  expect((await texts()).slice(1, 3)).toEqual(['bring', 'your questions and a short summery.']);
  await page.keyboard.press('Backspace');
  await rewrite(1, 'bring', 'Put');
  expect((await texts())[1]).toBe('Put your questions and a short summery.');

  await page.keyboard.press('Control+Backspace');
  await studio.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate(() => navigator.clipboard.writeText('Write'));
  await page.keyboard.press('Control+v');
  expect((await texts())[1]).toMatch(/^Write your/);

  await page.keyboard.press('Control+Home');
  await page.keyboard.type(' ');
  await page.keyboard.press('Backspace');
  expect((await texts())[1]).toMatch(/^Write your/);
  await page.keyboard.type(' ');
  await paragraph(0).focus();
  expect((await texts())[1]).toMatch(/^Write your/);
  expect(await texts()).toHaveLength(3);
});

test('Japanese is composed undisturbed, and taken over when it is chosen', async () => {
  await begin({ transcript: SAID });
  await goBehind(2, '今日は');
  const devtools = await studio.devtools(app);
  for (const text of ['t', 'と', 'とて', 'とても'])
    await devtools.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
  expect((await texts())[2]).toBe('今日はとても晴れです。');
  await devtools.send('Input.insertText', { text: 'とても' });
  await page.keyboard.type('!');
  expect((await texts())[2]).toBe('今日はとても!晴れです。');
  await saved();
  await page.reload();
  await paragraph(0).waitFor();
  expect((await texts())[2]).toBe('今日はとても!晴れです。');
});

test('a click on a word goes there in the sound; keys play, skip and change the speed while one writes', async () => {
  await begin({ transcript: SAID, sound: soundOf('meeting', 'nurse') });
  expect(await position()).toBe('0:00 of 0:21');
  // The word in the middle of its line: 7 s and five words of 300 ms.
  await clickWord(1, 'short');
  expect(await position()).toMatch(/^0:0[89] of 0:21$/);
  await expect.poll(() => marked('spoken')).toEqual(['short']);
  await page.keyboard.press('F1');
  expect(await position()).toBe('0:03 of 0:21');
  await page.keyboard.press('F4');
  expect(await page.getByRole('combobox', { name: 'Speed' }).inputValue()).toBe('1.25');
  await page.keyboard.press('Escape');
  await app.button('Pause').waitFor();
  await expect.poll(() => marked('spoken')).not.toEqual(['short']);
  await expect.poll(position).not.toBe('0:03 of 0:21');
  await page.keyboard.press('Escape');
  await app.button('Play').waitFor();
  // In a paragraph that is written in, a click puts the caret there and nothing else.
  const before = await position();
  await clickWord(1, 'Please');
  expect(await position()).toBe(before);
  await clickWord(1, 'Please', ['Alt']);
  expect(await position()).toBe('0:07 of 0:21');
});

async function clickWord(index: number, word: string, modifiers: 'Alt'[] = []): Promise<void> {
  const at = await paragraph(index).evaluate((box, wanted) => {
    const text = box.firstChild as Text;
    const range = new Range();
    range.setStart(text, text.data.indexOf(wanted) + 1);
    range.setEnd(text, text.data.indexOf(wanted) + 2);
    const { x, y, height } = range.getBoundingClientRect();
    return { x: x + 1, y: y + height / 2 };
  }, word);
  for (const key of modifiers) await page.keyboard.down(key);
  await page.mouse.click(at.x, at.y);
  for (const key of modifiers) await page.keyboard.up(key);
}

test('find and replace: counted, one at a time or all at once, in one step back', async () => {
  await begin({ transcript: SAID });
  await page.keyboard.press('Control+f');
  await page.keyboard.type('th');
  await page.getByText('1 of 4').waitFor();
  await expect.poll(() => marked('found-now')).toEqual(['th']);
  await page.keyboard.press('Enter');
  await page.getByText('2 of 4').waitFor();
  await page.getByLabel('Match case').check();
  await page.getByText('2 of 3').waitFor();
  await page.getByLabel('Replace with').fill('<b>');
  await app.button('Replace all').click();
  await page.getByText('3 replaced').waitFor();
  expect((await texts())[0]).toBe(
    'Good morning, everyone. We moved <b>e meeting to Thirsty because <b>e small room is clo<b>ed.',
  );
  await page.keyboard.press('Escape');
  await app.button('Undo').click();
  expect((await texts())[0]).toContain('moved the meeting');
});

test('F45: a file’s name with markup, bidi controls and 300 characters is text and nothing else', async () => {
  const name = `<img src=x onerror=alert(1)>\u202e${'gnp.'.repeat(80)}.mp3`;
  await begin({ transcript: SAID, source: { type: 'file', name } });
  expect(await page.locator('main img').count()).toBe(0);
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(name);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
});

test('F46: a text of -->, HTML and =CMD() is shown and kept letter by letter', async () => {
  const hostile = '--> <script>alert(1)</script> &amp; =CMD("x")';
  await begin({ transcript: transcriptOf({ text: hostile, at: 1 }) });
  expect(await texts()).toEqual([hostile]);
  await paragraph(0).focus();
  await page.keyboard.press('Control+End');
  await page.keyboard.type(' <i>&lt;</i>');
  await saved();
  await page.reload();
  await paragraph(0).waitFor();
  expect(await texts()).toEqual([`${hostile} <i>&lt;</i>`]);
});

test('a session that is not here says so', async () => {
  await page.evaluate(() => (location.hash = '#/session/none'));
  await page.getByRole('heading', { name: 'This session is not here' }).waitFor();
});

test('nothing is played into an open microphone, and the page says so', async () => {
  studio.microphone.hears('nurse');
  const id = await place(page, { transcript: SAID, sound: soundOf('meeting') });
  await open(page, id);
  await page.evaluate(() => (location.hash = '#/'));
  await app.start();
  await page.evaluate((hash) => (location.hash = hash), `#/session/${id}`);
  await app.button('Play').click();
  await page.getByText('Playback waits while you record').waitFor();
  expect(await position()).toMatch(/^0:00 of /);
  await page.getByRole('link', { name: 'To the recording' }).click();
  await app.stopAndWait();
  await page.evaluate((hash) => (location.hash = hash), `#/session/${id}`);
  await app.button('Play').click();
  await app.button('Pause').waitFor();
  expect(await page.getByText('Playback waits while you record').count()).toBe(0);
});

test('without sound it is written in all the same', async () => {
  await begin({ transcript: SAID });
  await page.getByText('The sound of this session was not kept.').waitFor();
  expect(await page.getByRole('slider').count()).toBe(0);
  await rewrite(1, 'summery', 'summary');
  expect((await texts())[1]).toContain('summary.');
});

describe.each(['light', 'dark'] as const)('axe finds nothing, %s', (colorScheme) => {
  test.each(['en', 'ja'] as const)('%s', async (interfaceLanguage) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const id = await begin({ transcript: SAID, sound: soundOf('nurse') });
    await page.evaluate((language) => {
      const settings = JSON.parse(String(localStorage['sotto-settings'])) as object;
      localStorage['sotto-settings'] = JSON.stringify({ ...settings, interfaceLanguage: language });
    }, interfaceLanguage);
    await page.reload();
    await page.locator('[data-paragraph]').first().waitFor();
    await page.keyboard.press('Control+f');
    await page.getByRole('search').waitFor();
    await page.evaluate(await readFile(AXE, 'utf8'));
    const found = await page.evaluate(async () => {
      const { axe } = globalThis as unknown as { readonly axe: typeof Axe };
      const { violations } = await axe.run(document, { iframes: false });
      return violations.map(({ id: rule, nodes }) => `${rule}: ${nodes.map(({ html }) => html).join(' ')}`);
    });
    expect(found, id).toEqual([]);
    await page.evaluate(() => localStorage.removeItem('sotto-settings'));
  });
});
