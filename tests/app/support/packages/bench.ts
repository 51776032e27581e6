/** What the tests of the package store share: a site built once, and for each test a browser without a past. */
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { CHROMIUM_ARGS, findBrowser } from '../../../../build/browser.ts';
import type { PackageManifest } from '../../../../src/recognizer/packages/manifest.ts';
import { temporaryFolder } from '../browser.ts';
import { buildSite } from './build-site.ts';
import { servePackages, type PartFault, type PartServer } from './part-server.ts';
import type { Report } from './site/report.ts';
import type { Stored } from '../../../../src/recognizer/packages/stored.ts';
import type {} from './site/main.ts';

/** The files of tiny and base. */
export const FILES = ['decoder.onnx', 'tokenizer.json'];

export const expectedHashes = (entry: PackageManifest): Record<string, string> =>
  Object.fromEntries(Object.entries(entry.files).map(([name, { sha256 }]) => [name, sha256]));

/** One test's browser, server and page. */
export class Bench {
  #browser: Browser | null = null;
  #server: PartServer | null = null;
  #context: BrowserContext | null = null;
  #page: Page | null = null;
  #tiny: PackageManifest | null = null;
  #base: PackageManifest | null = null;

  /** Builds the site before the tests of a file, and gives each a new server, browser context and page. */
  constructor(extraArgs: readonly string[] = []) {
    let folder: Awaited<ReturnType<typeof temporaryFolder>>;
    let site = '';
    beforeAll(async () => {
      folder = await temporaryFolder();
      site = join(folder.path, 'site');
      const { tiny, base } = await buildSite(site, join(folder.path, 'parts'));
      this.#tiny = tiny ?? null;
      this.#base = base ?? null;
      this.#browser = await chromium.launch({ executablePath: findBrowser(), args: [...CHROMIUM_ARGS, ...extraArgs] });
    });
    beforeEach(async () => {
      this.#server = await servePackages(site);
      this.#context = await present(this.#browser).newContext();
      this.#page = await this.openPage();
    });
    afterEach(async () => {
      await this.context.close();
      await this.server.close();
    });
    afterAll(async () => {
      await this.#browser?.close();
      await folder.remove();
    });
  }

  get server(): PartServer {
    return present(this.#server);
  }

  get context(): BrowserContext {
    return present(this.#context);
  }

  get page(): Page {
    return present(this.#page);
  }

  get tiny(): PackageManifest {
    return present(this.#tiny);
  }

  get base(): PackageManifest {
    return present(this.#base);
  }

  /** Hashes of tiny's six parts, in the order they are needed. */
  get parts(): string[] {
    return Object.values(this.tiny.files).flatMap((file) => file.parts.map(({ sha256 }) => sha256));
  }

  part(index: number): string {
    return present(this.parts[index]);
  }

  async openPage(): Promise<Page> {
    const page = await this.context.newPage();
    await page.goto(this.server.url);
    await page.waitForFunction(() => 'site' in window);
    return page;
  }

  /** Obtains tiny on the page and reads its files. */
  obtain(page = this.page): Promise<Report> {
    return page.evaluate((names) => window.site.obtain('tiny', names), FILES);
  }

  /** Starts what {@link obtain} does and leaves it running. */
  start(page = this.page): Promise<void> {
    return page.evaluate((names) => window.site.start('tiny', names), FILES);
  }

  ended(page = this.page): Promise<Report> {
    return page.evaluate(() => window.site.ended());
  }

  stored(page = this.page): Promise<Stored> {
    return page.evaluate(() => window.site.stored('tiny'));
  }

  requestsFor(index: number): number {
    return this.server.requests.filter((asked) => asked === this.part(index)).length;
  }

  fail(index: number, ...faults: PartFault[]): void {
    this.server.faults.set(this.part(index), faults);
  }

  /** Lets a part hang in the middle until told how to end. */
  hold(index: number): (how: 'finish' | 'drop') => void {
    let end: (how: 'finish' | 'drop') => void = () => undefined;
    this.fail(index, { type: 'hold', until: new Promise((resolve) => (end = resolve)) });
    return (how) => end(how);
  }

  /** The room this origin has from now on, in bytes. */
  async limitStorage(quotaSize: number): Promise<void> {
    const session = await this.context.newCDPSession(this.page);
    await session.send('Storage.overrideQuotaForOrigin', { origin: new URL(this.server.url).origin, quotaSize });
  }
}

function present<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('the bench is set up by the hooks of a test file');
  return value;
}
