/** Languages, names and replacements in the settings: by keyboard, by screen reader, in both schemes. */
import axe from 'axe-core';
import { afterEach, describe, expect, it } from 'vitest';
import { cdp, page, userEvent } from 'vitest/browser';
import { button, clearPage, draw, nextFrame } from './view-scenes.ts';
import { transcriptOf } from '../unit/formats/spoken.ts';

afterEach(clearPage);

const violations = async (): Promise<string[]> => {
  const found = await axe.run(document, { iframes: false });
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
};

async function openVocabulary(): Promise<void> {
  await button('Settings').click();
  await button(/^Names and replacements/).click();
  await expect.element(page.getByRole('dialog', { name: 'Names and replacements' })).toBeVisible();
  await expect.element(page.getByLabelText('Names and terms')).toBeVisible();
}

describe('the vocabulary', () => {
  it('is typed one a line, and says how many names it has', async () => {
    const app = await draw();
    await openVocabulary();
    const field = page.getByLabelText('Names and terms');
    await field.click();
    await userEvent.keyboard('Quillfeather{Enter}{Enter}Zolafrin');
    expect(app.settings.vocabulary).toBe('Quillfeather\n\nZolafrin');
    const dialog = page.getByRole('dialog');
    await expect.element(dialog.getByRole('status')).toHaveTextContent('2 names and terms');
    expect(app.calls).not.toContain('start');
  });

  it('takes replacements row by row: there is always room for another, and a removed one leaves the focus in its place', async () => {
    const app = await draw();
    await openVocabulary();
    const field = (name: string) => page.getByRole('textbox', { name, exact: true });
    await field('Heard, replacement 1').click();
    await userEvent.keyboard('post gress{Tab}Postgres');
    await field('Heard, replacement 2').click();
    await userEvent.keyboard('sequel{Tab}SQL');
    expect(app.settings.replacements).toEqual([
      { heard: 'post gress', written: 'Postgres' },
      { heard: 'sequel', written: 'SQL' },
    ]);
    expect(page.getByRole('button', { name: /^Remove: / }).elements()).toHaveLength(2);
    await button('Remove: post gress').click();
    expect(app.settings.replacements).toEqual([{ heard: 'sequel', written: 'SQL' }]);
    await expect.element(field('Heard, replacement 1')).toHaveFocus();
    await expect.element(field('Heard, replacement 1')).toHaveValue('sequel');
    await expect.element(field('Heard, replacement 2')).toHaveValue('');
  });
});

describe('the languages', () => {
  it('that a person speaks are added from a menu and taken away again, while the language is detected', async () => {
    const app = await draw();
    await button('Settings').click();
    expect(page.getByLabelText('Languages I speak').elements()).toEqual([]);
    app.settings.language = 'auto';
    const menu = page.getByLabelText('Languages I speak');
    await userEvent.selectOptions(menu, 'Japanese');
    await userEvent.selectOptions(menu, 'English');
    expect(app.settings.languages).toEqual(['ja', 'en']);
    await button('Remove Japanese').click();
    expect(app.settings.languages).toEqual(['en']);
    await expect.element(menu).toHaveFocus();
  });

  it('that is detected is told, also to those who do not see it, and is overridden by one choice', async () => {
    const app = await draw({ phase: 'listening' });
    app.settings.language = 'auto';
    app.session.detectedLanguage = 'ja';
    const menu = page.getByRole('combobox', { name: 'Spoken language' });
    await expect.element(menu).toHaveDisplayValue('Detect (Japanese)');
    await userEvent.selectOptions(menu, 'English');
    expect(app.settings.language).toBe('en');
  });

  it('of a translation is named above it', async () => {
    const app = await draw();
    const note = page.getByText(/^Translated by the model from/);
    expect(note.elements()).toEqual([]);
    const { segments } = transcriptOf({ text: 'To the harbour.', at: 0 });
    app.session.transcript = { segments: segments.map((segment) => ({ ...segment, translatedFrom: 'ja' as const })) };
    await expect.element(note).toHaveTextContent('from Japanese into English');
  });
});

describe.each(['light', 'dark'] as const)('axe finds nothing, %s', (theme) => {
  it.each(['en', 'ja'] as const)('%s', async (interfaceLanguage) => {
    await cdp().send('Emulation.setEmulatedMedia', {
      features: [
        { name: 'prefers-color-scheme', value: theme },
        { name: 'prefers-reduced-motion', value: 'reduce' },
      ],
    });
    const app = await draw({ interfaceLanguage });
    app.settings.language = 'auto';
    app.settings.languages = ['ja', 'en'];
    app.settings.task = 'translate';
    app.settings.vocabulary = 'Quillfeather';
    app.settings.replacements = [{ heard: 'post gress', written: 'Postgres' }];
    await button(interfaceLanguage === 'en' ? 'Settings' : '設定').click();
    await nextFrame();
    expect(await violations()).toEqual([]);
    await button(interfaceLanguage === 'en' ? /^Names and replacements/ : /^用語と置き換え/).click();
    await expect.element(page.getByRole('dialog').getByRole('group')).toBeVisible();
    await nextFrame();
    expect(await violations()).toEqual([]);
  });
});
