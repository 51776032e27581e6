/** The app as built, in a browser with a microphone of ours, on a server of ours. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContext, CDPSession } from 'playwright-core';
import { DEFAULT_OUT_DIR } from '../../../build/app.ts';
import type { ModelId } from '../../../src/recognizer/models.ts';
import { AppPage } from './app-page.ts';
import { openBrowser, temporaryFolder } from './browser.ts';
import { FakeMicrophone } from './microphone.ts';
import { serveFolder, type FolderServer } from './serve-folder.ts';

export const BUILD = process.env['SOTTO_DIST'] ?? DEFAULT_OUT_DIR;

export interface StudioOptions {
  /** What a person has set before; the language is English unless it says otherwise. */
  readonly settings?: Readonly<Record<string, unknown>> & { readonly model?: ModelId };
  readonly browserArgs?: readonly string[];
  /** Content settings of the profile, by Chromium's names: 2 blocks. */
  readonly contentSettings?: Readonly<Record<string, number>>;
  /** Whether the question for the microphone is answered with yes. */
  readonly grantsMicrophone?: boolean;
}

export class Studio {
  readonly microphone: FakeMicrophone;
  readonly server: FolderServer;
  readonly folder: string;
  readonly #options: StudioOptions;
  readonly #remove: () => Promise<void>;
  #context: BrowserContext | null = null;

  private constructor(
    folder: Awaited<ReturnType<typeof temporaryFolder>>,
    server: FolderServer,
    options: StudioOptions,
  ) {
    this.folder = folder.path;
    this.#remove = () => folder.remove();
    this.microphone = new FakeMicrophone(folder.path);
    this.server = server;
    this.#options = options;
  }

  static async open(options: StudioOptions = {}): Promise<Studio> {
    const folder = await temporaryFolder();
    const studio = new Studio(folder, await serveFolder(BUILD, { headers: true }), options);
    if (options.contentSettings) await studio.#writeContentSettings(options.contentSettings);
    await studio.launch();
    return studio;
  }

  get context(): BrowserContext {
    if (this.#context === null) throw new Error('the browser is closed');
    return this.#context;
  }

  /** Opens the browser, with what it kept from last time. */
  async launch(): Promise<void> {
    const { browserArgs = [], grantsMicrophone = true, settings } = this.#options;
    const args = this.microphone.args.filter((arg) => grantsMicrophone || arg !== '--use-fake-ui-for-media-stream');
    const context = await openBrowser(this.#profile, [...args, ...browserArgs]);
    this.#context = context;
    await context.addInitScript(rememberTracks);
    await context.addInitScript(presetSettings, { model: 'tiny', language: 'en', ...settings });
  }

  /** Closes the browser; its profile stays. */
  async quit(): Promise<void> {
    await this.#context?.close();
    this.#context = null;
  }

  /** Opens the app in a new tab. */
  async visit(): Promise<AppPage> {
    const page = await this.context.newPage();
    await page.goto(this.server.url);
    return new AppPage(page);
  }

  /** Opens the app and waits until its model is ready. */
  async enter(): Promise<AppPage> {
    const app = await this.visit();
    await app.modelReady();
    return app;
  }

  async devtools(app: AppPage): Promise<CDPSession> {
    return this.context.newCDPSession(app.page);
  }

  /** Ends the process that draws and computes for every page; the browser starts another one. */
  async crashGpu(): Promise<void> {
    const session = await this.context.browser()?.newBrowserCDPSession();
    if (session === undefined) throw new Error('the browser is closed');
    await session.send('Browser.crashGpuProcess');
  }

  async close(): Promise<void> {
    await this.quit();
    await this.server.close();
    await this.#remove();
  }

  get #profile(): string {
    return join(this.folder, 'profile');
  }

  async #writeContentSettings(settings: Readonly<Record<string, number>>): Promise<void> {
    const folder = join(this.#profile, 'Default');
    await mkdir(folder, { recursive: true });
    const preferences = { profile: { default_content_setting_values: settings } };
    await writeFile(join(folder, 'Preferences'), JSON.stringify(preferences));
  }
}

/** In the page, before anything else: what was opened, so that a test can see that it is off. */
function rememberTracks(): void {
  const tracks: MediaStreamTrack[] = [];
  const original = Object.getOwnPropertyDescriptor(MediaDevices.prototype, 'getUserMedia')?.value as
    MediaDevices['getUserMedia'] | undefined;
  if (original === undefined) return;
  MediaDevices.prototype.getUserMedia = async function (constraints) {
    const stream = await original.call(this, constraints);
    tracks.push(...stream.getTracks());
    Object.assign(globalThis, { openedAt: performance.now() });
    return stream;
  };
  Object.assign(globalThis, { tracks, openedAt: NaN });
}

function presetSettings(settings: Readonly<Record<string, unknown>>): void {
  try {
    localStorage['sotto-settings'] ??= JSON.stringify(settings);
  } catch {
    // This browser keeps nothing.
  }
}
