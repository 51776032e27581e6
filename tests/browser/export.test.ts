import { ALL_FORMATS, BlobSource, Input } from 'mediabunny';
import { unzip } from 'unzipit';
import axe from 'axe-core';
import { afterEach, describe, expect, it } from 'vitest';
import { cdp, page } from 'vitest/browser';
import { SAMPLE_RATE } from '../../src/audio/units.ts';
import { canEncodeOpus, toOpus } from '../../src/session/opus.ts';
import { clean } from '../../src/transcript/formats/clean.ts';
import { cuesOf } from '../../src/transcript/formats/cues.ts';
import { toDocx } from '../../src/transcript/formats/docx.ts';
import { readableParagraphs } from '../../src/transcript/formats/readable.ts';
import { BROADCAST } from '../../src/transcript/formats/shape.ts';
import { toVtt } from '../../src/transcript/formats/vtt.ts';
import { seeded } from '../support/seeded.ts';
import { awkwardTranscript } from '../unit/formats/awkward.ts';
import { button, clearPage, draw, nextFrame, SAID } from './view-scenes.ts';

const random = seeded(48);
const TRANSCRIPTS = Array.from({ length: 12 }, () => awkwardTranscript(random));

/** What the browser makes of a subtitle file. */
async function cuesInBrowser(vtt: string): Promise<VTTCue[]> {
  const video = document.createElement('video');
  const track = document.createElement('track');
  track.src = URL.createObjectURL(new Blob([vtt], { type: 'text/vtt' }));
  track.default = true;
  video.append(track);
  document.body.append(video);
  track.track.mode = 'hidden';
  await new Promise((resolve, reject) => {
    track.onload = resolve;
    track.onerror = reject;
  });
  video.remove();
  return [...(track.track.cues ?? [])] as VTTCue[];
}

it('F46: the browser itself shows the WebVTT as it was said', async () => {
  for (const transcript of TRANSCRIPTS) {
    const cues = cuesOf(transcript, BROADCAST);
    if (cues.length === 0) continue;
    const shown = await cuesInBrowser(toVtt(transcript));
    expect(shown.map((cue) => cue.getCueAsHTML().textContent)).toEqual(cues.map(({ lines }) => lines.join('\n')));
    expect(shown.map(({ startTime }) => startTime)).toEqual(
      cues.map(({ startSample }) => Math.round(startSample / 16) / 1000),
    );
  }
});

it('F46: a Word document is well-formed XML in all its parts, and says what was said', async () => {
  for (const transcript of TRANSCRIPTS) {
    const file = await toDocx(
      transcript,
      { title: 'A <b>"title"</b> & \u0000 more', times: true },
      new Date(2026, 0, 1),
    );
    const { entries } = await unzip(file);
    const parts = Object.entries(entries);
    expect(parts.map(([name]) => name)).toContain('[Content_Types].xml');
    const documents = new Map<string, Document>();
    for (const [name, entry] of parts) {
      const parsed = new DOMParser().parseFromString(await entry.text(), 'application/xml');
      expect(parsed.querySelector('parsererror')?.textContent, name).toBeUndefined();
      documents.set(name, parsed);
    }
    const paragraphs = [...documents.get('word/document.xml')!.getElementsByTagName('w:p')];
    const texts = paragraphs.map((one) => [...one.getElementsByTagName('w:t')].at(-1)?.textContent);
    expect(texts).toEqual([
      clean('A <b>"title"</b> & \u0000 more'),
      ...readableParagraphs(transcript).map(({ text }) => text),
    ]);
    for (const [name, parsed] of documents)
      for (const relation of parsed.getElementsByTagName('Relationship')) {
        const base = name.startsWith('word/') ? 'word/' : '';
        expect(documents.has(base + String(relation.getAttribute('Target'))), name).toBe(true);
      }
  }
});

it('sound becomes Opus that another reader finds whole', async () => {
  expect(await canEncodeOpus()).toBe(true);
  const samples = 25 * SAMPLE_RATE + 123;
  const sound = Float32Array.from({ length: samples }, (_, i) => 0.4 * Math.sin((2 * Math.PI * 300 * i) / SAMPLE_RATE));
  const steps: number[] = [];
  const read = (from: number, to: number) => Promise.resolve(sound.slice(from, to));
  const file = await toOpus({ samples, read }, (done) => steps.push(done));
  expect(steps.length).toBe(3);
  expect(file.size).toBeLessThan(samples / 3);
  const input = new Input({ formats: ALL_FORMATS, source: new BlobSource(file) });
  const track = await input.getPrimaryAudioTrack();
  expect(await track?.getCodec()).toBe('opus');
  expect(await input.computeDuration()).toBeCloseTo(samples / SAMPLE_RATE, 0);
});

describe('the panel', () => {
  afterEach(() => {
    clearPage();
    localStorage.removeItem('sotto-export');
  });

  const saved: string[] = [];
  const withDownloads = async (act: () => Promise<void>): Promise<string[]> => {
    saved.length = 0;
    const { click } = HTMLAnchorElement.prototype;
    // The link is never in the document: its click is seen where it is made.
    HTMLAnchorElement.prototype.click = function () {
      saved.push(this.download);
    };
    try {
      await act();
    } finally {
      HTMLAnchorElement.prototype.click = click;
    }
    return saved;
  };
  const openPanel = async () => {
    await draw({ phase: 'stopped', transcript: SAID });
    await button('Save').click();
    await expect.element(page.getByRole('region', { name: 'Preview' })).toBeVisible();
  };
  const settled = async () => {
    await Promise.all(document.getAnimations().map(({ finished }) => finished));
    await nextFrame();
  };
  const violations = async () => {
    const found = await axe.run(document, { iframes: false });
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  };
  const preview = () => document.querySelector('pre')?.textContent;

  it('shows what would be saved, saves it, and remembers how', async () => {
    await openPanel();
    expect(preview()).toBe('Good morning.');
    await page.getByRole('checkbox', { name: 'With times' }).click();
    expect(preview()).toBe('[00:00:01] Good morning.');
    await page.getByRole('radio', { name: /SubRip/ }).click({ force: true });
    expect(preview()).toContain('00:00:01,000 --> 00:00:01,833');
    const names = await withDownloads(async () => {
      await button('Save .srt').click();
      await expect.element(page.getByText('Saved as')).toBeVisible();
    });
    expect(names).toEqual([expect.stringMatching(/^Sotto .*\.srt$/)]);
    await openPanel();
    await expect.element(page.getByRole('radio', { name: /SubRip/ })).toBeChecked();
  });

  it('changes the shape of subtitles, and goes back to the broadcasters’', async () => {
    localStorage.setItem('sotto-export', '{"format":"vtt","shape":{"minMs":2000,"lines":9}}');
    await openPanel();
    expect(preview()).toContain('00:00:03.000');
    document.querySelector('details')!.open = true;
    await button('As broadcasters do').click();
    expect(preview()).toContain('00:00:01.833');
  });

  it.each(['light', 'dark'])('axe finds nothing in it, %s', async (value) => {
    await cdp().send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value }] });
    for (const format of ['docx', 'vtt', 'json']) {
      localStorage.setItem('sotto-export', JSON.stringify({ format }));
      await openPanel();
      for (const details of document.querySelectorAll('details')) details.open = true;
      await settled();
      expect(await violations(), format).toEqual([]);
    }
    clearPage();
    await draw({ phase: 'stopped', transcript: SAID });
    await button('Settings').click();
    await expect.element(button('Back up everything')).toBeVisible();
    await settled();
    expect(await violations(), 'backup').toEqual([]);
  });

  it('F49: a refused clipboard and a refused share become files', async () => {
    const refuse = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
    Object.defineProperty(navigator.clipboard, 'writeText', { value: refuse, configurable: true });
    Object.defineProperty(navigator, 'canShare', { value: () => true, configurable: true });
    Object.defineProperty(navigator, 'share', { value: refuse, configurable: true });
    try {
      await openPanel();
      const dialog = page.getByRole('dialog');
      const names = await withDownloads(async () => {
        await dialog.getByRole('button', { name: 'Copy' }).click();
        await expect.element(dialog.getByText('refused the clipboard')).toBeVisible();
        await dialog.getByRole('button', { name: 'Share' }).click();
        await expect.element(dialog.getByText('did not share')).toBeVisible();
      });
      expect(names).toEqual([expect.stringMatching(/\.txt$/), expect.stringMatching(/\.txt$/)]);
      await nextFrame();
    } finally {
      Reflect.deleteProperty(navigator.clipboard, 'writeText');
      Reflect.deleteProperty(navigator, 'canShare');
      Reflect.deleteProperty(navigator, 'share');
    }
  });
});
