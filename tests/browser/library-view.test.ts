import axe from 'axe-core';
import { afterEach, describe, expect, it } from 'vitest';
import { cdp, page, userEvent } from 'vitest/browser';
import type { NewEntry } from '../../src/library/session-library.ts';
import { Scope } from '../../src/platform/scope.ts';
import { Library } from '../../src/session/library/library.svelte.ts';
import { beginEmpty, GARDEN, HARBOUR, record, tab } from './session-tabs.ts';
import { ViewState } from '../support/view-state.svelte.ts';
import { button, clearPage, show } from './view-scenes.ts';

const HOUR = 3_600_000;
let scope = new Scope();

beginEmpty();
afterEach(() => {
  clearPage();
  location.hash = '';
  scope.dispose();
  scope = new Scope();
});

/** The library with these sessions in it, as a person comes to it. */
async function visit(entries: readonly NewEntry[], interfaceLanguage: 'en' | 'ja' = 'en', find = '') {
  const other = await tab();
  await other.createAll(entries);
  const library = await Library.open(scope);
  location.hash = `#/library${find}`;
  const app = new ViewState({ interfaceLanguage });
  app.library.open = () => Promise.resolve(library);
  app.library.current = library;
  await show(app);
  await expect.element(page.getByRole('heading', { level: 1 })).toBeVisible();
  return { library, other };
}

const entry = (id: string, change: Parameters<typeof record>[1] = {}, text = GARDEN): NewEntry => ({
  record: record(id, { createdAt: Date.now() - HOUR, ...change }),
  texts: { '1': text },
});
const THREE = [
  entry('a', { title: 'Roses' }),
  entry('b', { createdAt: Date.now() - 2 * HOUR, state: 'interrupted' }, HARBOUR),
  entry('c', { createdAt: Date.now() - 800 * HOUR, source: { type: 'file', name: 'talk.mp3' } }),
];
const titles = () => [...document.querySelectorAll('[role="list"] a > bdi')].map((title) => title.textContent);

describe('the list', () => {
  it('has the latest first, by their titles, first words or files', async () => {
    await visit(THREE);
    await expect.poll(titles).toEqual(['Roses', '港へ行く。', 'talk.mp3']);
    expect(document.title).toBe('Library · Sotto');
    expect(page.getByRole('link', { name: /港/ }).element().getAttribute('href')).toBe('#/session/b');
    await expect.element(page.getByText('Interrupted')).toBeVisible();
    await expect.element(page.getByText('3 sessions')).toBeVisible();
  });

  it('says what it will hold while there is nothing in it', async () => {
    await visit([]);
    await expect.element(page.getByText('Nothing here yet.')).toBeVisible();
    expect(document.querySelector('input')).toBeNull();
  });

  it('is renamed in place, and Escape leaves it as it was', async () => {
    const { other } = await visit(THREE);
    await button('Rename: Roses').click();
    await userEvent.keyboard('Tulips{Escape}');
    await expect.poll(titles).toContain('Roses');
    await button('Rename: Roses').click();
    await userEvent.keyboard('Tulips{Enter}');
    await expect.poll(titles).toContain('Tulips');
    expect((await other.get('a'))?.title).toBe('Tulips');
    expect(document.activeElement?.textContent).toContain('Tulips');
    await button('Rename: Tulips').click();
    await userEvent.clear(page.getByLabelText('Title'));
    await userEvent.keyboard('{Enter}');
    await expect.poll(titles).toContain('The garden needs water. So do the roses.');
  });

  it('lets a session be deleted, and brought back until the next is', async () => {
    const { other } = await visit(THREE);
    await button('Delete: Roses').click();
    await expect.poll(titles).toEqual(['港へ行く。', 'talk.mp3']);
    await button('Undo').click();
    await expect.poll(titles).toContain('Roses');
    await button('Delete: Roses').click();
    await button('Delete: talk.mp3').click();
    await expect.poll(() => other.knows('a')).toBe(false);
    await button('Dismiss').click();
    await expect.poll(() => other.knows('c')).toBe(false);
    expect(await other.readTranscript('b')).toEqual(HARBOUR);
  });

  it('shows what another tab does', async () => {
    const { other } = await visit(THREE);
    await other.save('a', { title: 'Tulips' });
    await other.remove('b');
    await other.create(record('d', { createdAt: Date.now(), title: 'New' }));
    await expect.poll(titles).toEqual(['New', 'Tulips', 'talk.mp3']);
  });

  it('F34: of thousands is a screenful of elements, down to the last', async () => {
    await visit(Array.from({ length: 3_000 }, (_, i) => entry(`s${i}`, { createdAt: 1e12 - i, title: `Talk ${i}` })));
    await expect.poll(titles).toContain('Talk 0');
    expect(titles().length).toBeLessThan(60);
    expect(document.querySelector('[aria-posinset="1"]')?.getAttribute('aria-setsize')).toBe('3000');
    await expect
      .poll(() => {
        scrollTo(0, document.documentElement.scrollHeight);
        return titles();
      })
      .toContain('Talk 2999');
    expect(titles().length).toBeLessThan(60);
  });

  it('keeps the name that was being typed when its row is scrolled away', async () => {
    const { other } = await visit(Array.from({ length: 200 }, (_, i) => entry(`s${i}`, { createdAt: 1e12 - i })));
    await button(/^Rename: /)
      .first()
      .click();
    await userEvent.keyboard('Tulips');
    scrollTo(0, 8_000);
    await expect.poll(async () => (await other.get('s0'))?.title).toBe('Tulips');
  });

  it('F45: takes a hostile name for text', async () => {
    const name = `<img src=x onerror="globalThis.pwned = true">\u202Egpj.${'x'.repeat(300)}`;
    await visit([entry('a', { source: { type: 'file', name } })]);
    await expect.poll(titles).toEqual([name]);
    expect(document.querySelector('img')).toBeNull();
    expect('pwned' in globalThis).toBe(false);
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(innerWidth);
  });
});

describe('searching', () => {
  const search = () => page.getByRole('textbox', { name: 'Search all transcripts' });

  it('finds words as they are typed, marks them, and leads to the moment they were said', async () => {
    await visit(THREE);
    await userEvent.keyboard('/');
    expect(document.activeElement).toBe(search().element());
    await userEvent.keyboard('NEEDS W');
    await expect.element(page.getByText('2 places in 2 sessions')).toBeVisible();
    const hit = page.getByRole('link', { name: /^0:01/ }).first().element();
    expect(hit.querySelector('mark')?.textContent).toBe('needs w');
    expect(hit.getAttribute('href')).toMatch(/^#\/session\/a\?at=25600&find=NEEDS\+W$/);
    expect(location.hash).toBe('#/library?find=NEEDS+W');
    await userEvent.keyboard('{Escape}');
    await expect.poll(titles).toHaveLength(3);
    expect(location.hash).toBe('#/library');
  });

  it('finds Japanese, whatever its width and its kana', async () => {
    await visit(THREE, 'ja', '?find=ヘイク');
    await expect.element(page.getByText('「ヘイク」は見つかりませんでした。')).toBeVisible();
    await userEvent.fill(page.getByRole('textbox'), '港ヘ');
    await expect.poll(() => document.querySelector('.context mark')?.textContent).toBe('港へ');
  });

  it('says when something was not said', async () => {
    await visit(THREE, 'en', '?find=zebra');
    await expect.element(page.getByText('“zebra” was not said anywhere.')).toBeVisible();
  });
});

describe.each(['light', 'dark'] as const)('axe finds nothing, %s', (value) => {
  it.each([
    ['the list', ''],
    ['results', '?find=the'],
    ['nothing found', '?find=zebra'],
  ])('%s', async (_, find) => {
    await cdp().send('Emulation.setEmulatedMedia', {
      features: [
        { name: 'prefers-color-scheme', value },
        { name: 'prefers-reduced-motion', value: 'reduce' },
      ],
    });
    await visit(THREE, 'en', find);
    await expect.poll(() => document.querySelector('[role="list"], main ul, .nothing')).not.toBeNull();
    const { violations } = await axe.run(document, { iframes: false });
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
  });
});

it.each([
  [320, 568],
  [1280, 800],
])('%d × %d: nothing sticks out, and every target is fit for a thumb', async (width, height) => {
  await page.viewport(width, height);
  await visit(THREE);
  await expect.poll(titles).toHaveLength(3);
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
  for (const target of document.querySelectorAll('button, a, input')) {
    const box = target.getBoundingClientRect();
    expect(Math.min(box.width, box.height), target.textContent.trim()).toBeGreaterThanOrEqual(44);
  }
  await page.viewport(414, 896);
});
