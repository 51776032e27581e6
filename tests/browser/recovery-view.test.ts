import axe from 'axe-core';
import { afterEach, describe, expect, it } from 'vitest';
import { cdp, page } from 'vitest/browser';
import { wavHeader } from '../../src/audio/wav.ts';
import type { RecoveryOffer, RecoveryState } from '../../src/session/recovery/recovery-state.ts';
import type { Scene } from '../support/view-state.svelte.ts';
import { button, clearPage, draw, nextFrame } from './view-scenes.ts';

afterEach(clearPage);

const OFFER: RecoveryOffer = {
  id: 'a',
  startedAt: new Date().setHours(12, 4),
  opening: 'Good morning, the patient slept well',
  durationMs: 200_000,
  positionMs: 80_000,
  phase: 'offered',
  aside: false,
};

/** A second of silence that can be played. */
const sound = new Blob([wavHeader(16_000), new Uint8Array(32_000)], { type: 'audio/wav' });

function sceneOf(...offers: Partial<RecoveryOffer>[]): Scene & { readonly calls: string[] } {
  const calls: string[] = [];
  const called = (name: string) => (id: string) => void calls.push(`${name} ${id}`);
  const asked = (name: string) => (id: string) => {
    calls.push(`${name} ${id}`);
    return Promise.resolve();
  };
  const recovery: RecoveryState = {
    offers: offers.map((offer, i) => ({ ...OFFER, id: 'abcdef'.charAt(i), ...offer })),
    sound: () => Promise.resolve(sound),
    transcribe: called('transcribe'),
    pause: called('pause'),
    discard: asked('discard'),
    undo: asked('undo'),
    dismiss: called('dismiss'),
  };
  return { recovery, calls };
}

describe('F31: a recording that broke off', () => {
  it('is offered: how much is safe, its first words, and what can be done', async () => {
    const { calls, ...scene } = sceneOf({});
    await draw(scene);
    const card = page.getByRole('article', { name: /^Your recording of 12:04.PM was interrupted$/ });
    await expect.element(card).toHaveTextContent('3 min 20 sec are safe. “Good morning, the patient slept well”');
    await button('Transcribe the rest').click();
    await button('Discard').click();
    await button(/^Dismiss: Your recording of/).click();
    expect(calls).toEqual(['transcribe a', 'discard a', 'dismiss a']);
  });

  it('does not scroll the page away from its head on a phone, where there is nothing to read yet', async () => {
    await page.viewport(390, 560);
    await draw(sceneOf({}, {}, {}));
    await expect.poll(() => document.querySelectorAll('article').length).toBe(3);
    await nextFrame();
    expect(document.documentElement.scrollHeight).toBeGreaterThan(innerHeight);
    expect(scrollY).toBe(0);
  });

  it('is played where it stands, and silent again', async () => {
    await draw(sceneOf({}));
    await button('Play').click();
    await expect.poll(() => document.querySelector('audio')?.duration).toBe(1);
    await button('Close the player').click();
    expect(document.querySelector('audio')).toBeNull();
  });

  it('says how far it is, can be paused, and leads to its text', async () => {
    const { calls, ...scene } = sceneOf({ phase: 'transcribing' }, { phase: 'done' }, { phase: 'discarded' });
    await draw(scene);
    await expect.element(page.getByText('Writing down the rest: 1:20 of 3:20')).toBeVisible();
    await expect.element(page.getByRole('progressbar')).toHaveAttribute('value', '80000');
    await button('Pause').click();
    await button('Undo').click();
    expect(calls).toEqual(['pause a', 'undo c']);
    await page.getByRole('button', { name: 'Open', exact: true }).click();
    await expect.poll(() => location.hash).toBe('#/session/b');
    location.hash = '';
  });

  it('is put away until it is opened, but not while it is under way', async () => {
    await draw(sceneOf({ aside: true }, { aside: true, phase: 'transcribing' }));
    await expect.element(page.getByText('Writing down the rest: 1:20 of 3:20')).toBeVisible();
    expect(page.getByRole('article').elements().length).toBe(1);
  });

  it('is not spoken of while somebody speaks, unless it is under way', async () => {
    await draw({ ...sceneOf({}, { phase: 'waiting' }), phase: 'listening' });
    await expect.element(page.getByText('It goes on after this recording.')).toBeVisible();
    expect(page.getByRole('article').elements().length).toBe(1);
  });

  it.each(['light', 'dark'] as const)('axe finds nothing in its card, %s', async (value) => {
    await cdp().send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value }] });
    for (const interfaceLanguage of ['en', 'ja'] as const) {
      await draw({
        ...sceneOf({}, { phase: 'transcribing' }, { phase: 'done' }, { phase: 'failed' }, { phase: 'discarded' }),
        interfaceLanguage,
      });
      await expect.element(page.getByRole('article').first()).toBeVisible();
      await button(interfaceLanguage === 'en' ? 'Play' : '再生')
        .first()
        .click();
      await expect.poll(() => document.querySelector('audio')).not.toBeNull();
      const { violations } = await axe.run(document, { iframes: false });
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
    }
  });
});
