import type { BrowserContext } from 'playwright-core';
import { afterEach, beforeEach } from 'vitest';
import { openBrowser, temporaryFolder } from './browser.ts';
import { serveFolder, type FolderServer, type ServeOptions } from './serve-folder.ts';

/** For each test a browser with a profile of its own, and a host that it says what to serve from. */
export class Host {
  #profile: Awaited<ReturnType<typeof temporaryFolder>> | null = null;
  #browser: BrowserContext | null = null;
  #server: FolderServer | null = null;

  /** Sets up and clears away around each test of the file, or of the `describe` it is made in. */
  constructor() {
    beforeEach(async () => {
      this.#profile = await temporaryFolder();
      this.#browser = await openBrowser(this.#profile.path);
    });
    afterEach(async () => {
      await this.#browser?.close();
      await this.#server?.close();
      await this.#profile?.remove();
      this.#server = null;
    });
  }

  get browser(): BrowserContext {
    return present(this.#browser);
  }

  get server(): FolderServer {
    return present(this.#server);
  }

  async serve(folder: string, options?: ServeOptions): Promise<FolderServer> {
    this.#server = await serveFolder(folder, options);
    return this.#server;
  }

  /** The browser closed and opened again, with what it kept. */
  async reopen(extraArgs: readonly string[] = []): Promise<void> {
    await this.browser.close();
    this.#browser = await openBrowser(present(this.#profile).path, extraArgs);
  }

  /** As {@link reopen}, and the host is gone meanwhile. */
  async reopenWithoutServer(): Promise<void> {
    await this.browser.close();
    await this.server.close();
    this.#browser = await openBrowser(present(this.#profile).path);
  }
}

function present<T>(value: T | null): T {
  if (value === null) throw new Error('the host is set up by the hooks of a test file');
  return value;
}
