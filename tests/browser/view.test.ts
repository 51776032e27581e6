import { flushSync } from 'svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { EMPTY_TRANSCRIPT, type Transcript } from '../../src/transcript/transcript.ts';
import { transcriptOf } from '../unit/formats/spoken.ts';
import { button, clearPage, draw, failed, nextFrame, SAID, SCENES } from './view-scenes.ts';

afterEach(clearPage);

const LONG: Transcript = transcriptOf(
  ...Array.from({ length: 40 }, (_, index) => ({ text: 'One more long sentence. '.repeat(8), at: index * 30 })),
);
const log = () => document.querySelector('[role="log"]')!;

describe('keyboard', () => {
  it('Space starts and stops while no control has the focus', async () => {
    const app = await draw();
    await userEvent.keyboard(' ');
    app.session.phase = 'listening';
    await userEvent.keyboard(' ');
    expect(app.calls).toEqual(['start', 'stop']);
  });

  it('Space belongs to a control that has the focus', async () => {
    const app = await draw();
    page.getByLabelText('Spoken language').element().focus();
    await userEvent.keyboard(' ');
    await userEvent.keyboard('{Escape}');
    expect(app.calls).toEqual([]);
  });

  it('Space on the focused Start button starts once', async () => {
    const app = await draw();
    button('Start').element().focus();
    await userEvent.keyboard(' ');
    expect(app.calls).toEqual(['start']);
  });

  it('Control and Enter work wherever the focus is, except in a dialog', async () => {
    const app = await draw();
    page.getByLabelText('Spoken language').element().focus();
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    expect(app.calls).toEqual(['start']);
    await button('Settings').click();
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    expect(app.calls.filter((call) => call === 'start')).toHaveLength(1);
  });

  it('F27: a Start pressed while the last words are written is queued, and taken back by a second press', async () => {
    const app = await draw({ phase: 'draining', transcript: SAID });
    await button('Start').click();
    await button('Starts next').click();
    await expect.element(button('Start')).toBeVisible();
    expect(app.calls).toEqual(['start', 'stop']);
  });

  it('Escape closes a dialog and gives the focus back', async () => {
    await draw();
    const opener = button('Settings');
    await opener.click();
    await expect.element(page.getByRole('dialog', { name: 'Settings' })).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect.poll(() => document.querySelector('dialog')).toBeNull();
    expect(document.activeElement).toBe(opener.element());
  });

  it('one dialog gives way to another', async () => {
    await draw();
    await button('Settings').click();
    await button('Diagnostics').click();
    await nextFrame();
    await expect.element(page.getByRole('dialog', { name: 'Diagnostics' })).toBeVisible();
  });
});

describe('transcript', () => {
  it('announces committed text only: new words as new nodes, tentative ones hidden', async () => {
    const app = await draw({ phase: 'listening', transcript: SAID });
    expect(log().getAttribute('aria-live')).toBe('polite');
    expect(log().querySelector('[aria-hidden="true"]')?.textContent).toBe(' how are');
    const before = log().querySelector('p')!.firstChild;
    const seen: string[] = [];
    const observer = new MutationObserver(() => {});
    observer.observe(log(), { childList: true, subtree: true, characterData: true });
    app.session.transcript = transcriptOf({ text: 'Good morning. How', at: 1, tentative: 'are you' });
    flushSync();
    for (const { type, target, addedNodes } of observer.takeRecords()) {
      if (target.parentElement?.closest('[aria-hidden="true"]')) continue;
      expect(type).toBe('childList');
      seen.push(...[...addedNodes].map((node) => node.textContent ?? '').filter((text) => text.trim() !== ''));
    }
    expect(seen).toEqual([' How']);
    expect(log().querySelector('p')!.firstChild).toBe(before);
    expect(log().textContent.trim()).toBe('Good morning. How are you');
  });

  it('marks the language of what was said, not of the interface', async () => {
    await draw({ transcript: transcriptOf({ text: '港へ。', at: 0, language: 'ja' }), interfaceLanguage: 'en' });
    expect(log().querySelector('p')?.lang).toBe('ja');
    expect(document.documentElement.lang).toBe('en');
  });

  it('follows the text, stops when the reader scrolls up, and jumps back', async () => {
    const app = await draw({ phase: 'listening', transcript: LONG });
    const root = document.scrollingElement!;
    const distance = () => root.scrollHeight - root.scrollTop - root.clientHeight;
    const grow = (text: string) => {
      const more = transcriptOf({ text, at: 5000 }).segments.map((segment) => ({ ...segment, id: text.slice(0, 3) }));
      app.session.transcript = { segments: [...app.session.transcript.segments, ...more] };
    };
    await expect.poll(distance).toBeLessThan(2);
    grow('And more. '.repeat(60));
    await expect.poll(distance).toBeLessThan(2);

    root.scrollTop -= 600;
    await nextFrame();
    const { scrollTop } = root;
    grow('But more. '.repeat(60));
    await nextFrame();
    expect(root.scrollTop).toBe(scrollTop);
    await button('Jump to latest').click();
    await expect.poll(distance).toBeLessThan(2);
    await expect.poll(() => button('Jump to latest').elements()).toEqual([]);
  });

  it('F49: a refused clipboard becomes a file', async () => {
    await draw({ phase: 'stopped', transcript: SAID });
    const refuse = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
    Object.defineProperty(navigator.clipboard, 'writeText', { value: refuse, configurable: true });
    const saved: string[] = [];
    const onClick = (event: Event) => {
      if (!(event.target instanceof HTMLAnchorElement)) return;
      event.preventDefault();
      saved.push(event.target.download);
    };
    // The link is never in the document: its click is seen where it is made.
    const { click } = HTMLAnchorElement.prototype;
    HTMLAnchorElement.prototype.click = function () {
      this.addEventListener('click', onClick);
      click.call(this);
    };
    try {
      await button('Copy').click();
      await expect.element(page.getByText('saved as a file instead')).toBeVisible();
    } finally {
      HTMLAnchorElement.prototype.click = click;
      Reflect.deleteProperty(navigator.clipboard, 'writeText');
    }
    expect(saved).toEqual([expect.stringMatching(/^Sotto .*\.txt$/)]);
  });
});

describe('the model', () => {
  it('F27: Start is usable while it loads, and the screen says when words will come', async () => {
    const app = await draw(SCENES['downloading while listening']);
    expect(document.body.textContent).toContain('Loading 43 of 77 MB · 20 sec left');
    expect(document.body.textContent).toContain('as soon as the model is here');
    expect(document.querySelector('progress')?.position).toBeCloseTo(43 / 77);
    await button('Cancel').click();
    await button('Stop').click();
    expect(app.calls).toEqual(['cancel', 'stop']);
  });

  it('shows no false figure while it is prepared', async () => {
    await draw({ model: { phase: 'preparing' } });
    expect(document.querySelector('progress:indeterminate')).not.toBeNull();
  });

  it('asks before it downloads where the browser saves data', async () => {
    const app = await draw({ model: { phase: 'asking', totalBytes: 77e6 } });
    await expect.element(page.getByText('Download the model? 77 MB')).toBeVisible();
    await page.getByRole('button', { name: 'Download', exact: true }).click();
    expect(app.calls).toEqual(['load']);
  });
});

describe('notices', () => {
  it('F22: a blocked microphone is told at once, with a way to try again', async () => {
    const app = await draw(failed({ name: 'microphone-denied' }));
    expect(document.querySelector('[role="alert"]')?.textContent).toContain('The microphone is blocked');
    await button('Try again').click();
    expect(app.calls).toEqual(['dismiss failure', 'start']);
  });

  it('F20: a smaller model is one press away', async () => {
    const app = await draw({ model: { phase: 'failed', failure: { name: 'out-of-memory', model: 'base' } } });
    await button('Use a smaller model').click();
    expect(app.settings.model).toBe('tiny');
  });

  it('F18: memory only is told once a visit', async () => {
    await draw({ notices: [{ type: 'memory-only' }], ready: false });
    await button('Go on in memory').click();
    await expect.poll(() => document.body.textContent).not.toContain('keeps nothing for next time');
  });

  it('the badge is there only when offline is true', async () => {
    const app = await draw({ ready: false });
    expect(document.body.textContent).not.toContain('Ready offline');
    app.offline.ready = true;
    flushSync();
    expect(document.body.textContent).toContain('Ready offline');
  });
});

describe('what can be undone', () => {
  const toast = () => document.querySelector<HTMLElement>('.toast');
  const pass = (ms: number) => {
    vi.advanceTimersByTime(ms);
    flushSync();
  };
  afterEach(() => void vi.useRealTimers());

  it('is offered for a while, for as long as the pointer or the focus is on it, and each time anew', async () => {
    const app = await draw({ transcript: SAID });
    await vi.waitUntil(() => document.querySelector('.place') !== null, { timeout: 20_000 });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const clear = () => {
      flushSync(() => (app.session.transcript = SAID));
      flushSync(() => Object.assign(app.session, { transcript: EMPTY_TRANSCRIPT, canUndoClear: true }));
    };
    clear();
    expect(toast()?.textContent).toMatch(/Text cleared/);
    pass(11_000);
    toast()!.dispatchEvent(new PointerEvent('pointerenter'));
    flushSync();
    pass(60_000);
    toast()!.dispatchEvent(new PointerEvent('pointerleave'));
    toast()!.querySelector('button')!.focus();
    flushSync();
    pass(60_000);
    expect(toast()).not.toBeNull();
    toast()!.querySelector('button')!.blur();
    flushSync();
    pass(11_000);
    expect(toast()).not.toBeNull();
    pass(2_000);
    expect(toast()).toBeNull();
    clear();
    expect(toast()).not.toBeNull();
  });
});
