/**
 * Draws the icons that must be bitmaps from `public/icons/icon.svg` (a voice becoming soft: diminuendo), in Chromium. Run
 * `npx tsx build/icons.ts` after a change of the drawing.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { CHROMIUM_ARGS, findBrowser } from './browser.ts';

const FOLDER = join(import.meta.dirname, '../public/icons');

interface Icon {
  readonly file: string;
  readonly pixels: number;
  /** Whether the system cuts the shape: then the ground fills the square, and the drawing keeps inside the safe circle. */
  readonly masked: boolean;
}

const ICONS: readonly Icon[] = [
  { file: 'icon-192.png', pixels: 192, masked: false },
  { file: 'icon-512.png', pixels: 512, masked: false },
  { file: 'maskable-512.png', pixels: 512, masked: true },
  { file: 'apple-touch-icon.png', pixels: 180, masked: true },
];

/** Share of the side within which every mask shows everything. */
const SAFE = 0.8;

function masked(svg: string): string {
  const inset = (512 * (1 - SAFE)) / 2;
  return svg.replace(/ rx="\d+"/, '').replace('<g ', `<g transform="translate(${inset} ${inset}) scale(${SAFE})" `);
}

async function draw(browser: Browser, svg: string, icon: Icon): Promise<void> {
  const page = await browser.newPage({ viewport: { width: icon.pixels, height: icon.pixels } });
  const drawing = icon.masked ? masked(svg) : svg;
  await page.setContent(`<style>body{margin:0}svg{display:block;width:100vw}</style>${drawing}`);
  await writeFile(join(FOLDER, icon.file), await page.screenshot({ omitBackground: true }));
  await page.close();
}

const svg = await readFile(join(FOLDER, 'icon.svg'), 'utf8');
const browser = await chromium.launch({ executablePath: findBrowser(), args: [...CHROMIUM_ARGS] });
for (const icon of ICONS) await draw(browser, svg, icon);
await browser.close();
