import { readFile } from 'node:fs/promises';
import { chromium } from 'playwright-core';
import { CHROMIUM_ARGS, findBrowser } from '../../../build/browser.ts';
import { SAMPLE_RATE } from '../../../src/audio/units.ts';

/** Reads clips as the app's browser does. */
export interface ClipReader {
  readonly browserVersion: string;
  /** Mono, 16 kHz. */
  read(path: string): Promise<Float32Array>;
  close(): Promise<void>;
}

export async function openClipReader(): Promise<ClipReader> {
  const browser = await chromium.launch({ executablePath: findBrowser(), args: [...CHROMIUM_ARGS] });
  const page = await browser.newPage();
  return {
    browserVersion: browser.version(),
    async read(path) {
      const file = (await readFile(path)).toString('base64');
      const samples = await page.evaluate(decode, [file, SAMPLE_RATE] as const);
      const bytes = Buffer.from(samples, 'base64');
      return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
    },
    close: () => browser.close(),
  };
}

/** Runs in the page: takes the file and gives the samples back in base64, which is what crosses quickly. */
async function decode([file, sampleRate]: readonly [string, number]): Promise<string> {
  const bytes = await (await fetch(`data:application/octet-stream;base64,${file}`)).arrayBuffer();
  const decoded = await new OfflineAudioContext(1, 1, sampleRate).decodeAudioData(bytes);
  const samples = new Float32Array(decoded.length);
  for (let channel = 0; channel < decoded.numberOfChannels; channel++)
    decoded.getChannelData(channel).forEach((sample, i) => {
      samples[i] = (samples[i] ?? 0) + sample / decoded.numberOfChannels;
    });
  const reader = new FileReader();
  const read = new Promise((resolve) => (reader.onload = resolve));
  reader.readAsDataURL(new Blob([samples]));
  await read;
  if (typeof reader.result !== 'string') throw new Error('the samples cannot be handed over');
  return reader.result.replace(/^.*,/, '');
}
