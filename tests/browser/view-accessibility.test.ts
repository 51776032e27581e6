import axe from 'axe-core';
import { flushSync } from 'svelte';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { cdp, page } from 'vitest/browser';
import { mountIsolationPage, mountPreparingPage } from '../../src/view/mount.ts';
import { button, clearPage, draw, nextFrame, SAID, SCENES } from './view-scenes.ts';

afterEach(clearPage);

const scheme = (value: 'light' | 'dark') =>
  cdp().send('Emulation.setEmulatedMedia', {
    features: [
      { name: 'prefers-color-scheme', value },
      { name: 'prefers-reduced-motion', value: 'reduce' },
    ],
  });

describe.each(['light', 'dark'] as const)('axe finds nothing, %s', (theme) => {
  const inspect = async () => {
    const { violations } = await axe.run(document, { iframes: false });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  };

  it.each(Object.entries(SCENES))('%s', async (_, scene) => {
    await scheme(theme);
    for (const interfaceLanguage of ['en', 'ja'] as const) {
      await draw({ ...scene, interfaceLanguage });
      expect(await inspect()).toEqual([]);
    }
  });

  it.each(['Settings', 'Save', 'Diagnostics'])('dialog: %s', async (name) => {
    await scheme(theme);
    await draw({ phase: 'stopped', transcript: SAID });
    if (name === 'Diagnostics') await button('Settings').click();
    await button(name).click();
    await expect.element(page.getByRole('dialog')).toBeVisible();
    await nextFrame();
    expect(await inspect()).toEqual([]);
  });

  it('F1: the page that stands there while a first visit is prepared', async () => {
    await scheme(theme);
    const takeAway = await mountPreparingPage(document.body);
    onTestFinished(takeAway);
    flushSync();
    expect(document.querySelector('h1')?.textContent).toBe('One moment…');
    expect(await inspect()).toEqual([]);
  });

  it('F4: the page that names cause and cure', async () => {
    await scheme(theme);
    const takeAway = await mountIsolationPage(document.body, 'headers');
    onTestFinished(takeAway);
    flushSync();
    expect(document.querySelector('h1')?.textContent).toBe('Sotto cannot run here yet');
    expect(document.body.textContent).toContain('Cross-Origin-Opener-Policy');
    expect(await inspect()).toEqual([]);
  });
});

it.each([
  [320, 568],
  [390, 844],
  [844, 390],
  [1280, 800],
])('%d × %d: nothing sticks out, and every target is fit for a thumb', async (width, height) => {
  await page.viewport(width, height);
  await draw({ phase: 'stopped', transcript: SAID, notices: [{ type: 'microphone-lost' }] });
  await nextFrame();
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
  for (const target of document.querySelectorAll('button, select')) {
    const box = target.getBoundingClientRect();
    expect(Math.min(box.width, box.height), target.textContent.trim()).toBeGreaterThanOrEqual(44);
  }
  const start = button('Start').element().getBoundingClientRect();
  expect(Math.min(start.width, start.height)).toBeGreaterThanOrEqual(72);
  await page.viewport(414, 896);
});
