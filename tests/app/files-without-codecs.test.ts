/** A browser without WebCodecs (Safari before 26): packets go to the page in small files, and it decodes them. Production build. */
import type { BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { openBrowser, temporaryFolder } from './support/browser.ts';
import { drop, fixtureFile, says, textOf, visit } from './support/files.ts';

let profile: Awaited<ReturnType<typeof temporaryFolder>>;
let browser: BrowserContext;
beforeAll(async () => {
  profile = await temporaryFolder();
  // Scripts from the server, so that the worker can be made to miss them before anything of ours runs.
  browser = await openBrowser(profile.path, [], 'block');
  await browser.route(/media\.worker-[^/]*\.js$/, async (route) => {
    const response = await route.fetch();
    const body = `for (const name of ['AudioDecoder', 'AudioData']) delete globalThis[name];\n${await response.text()}`;
    await route.fulfill({ response, body });
  });
});
afterAll(async () => {
  await browser.close();
  await profile.remove();
});

test('whatever its container, a file becomes text, and F42: what the page cannot decode either is named', async () => {
  const page = await visit(browser, inject('appUrl'));
  const names = ['callback.mp3', 'callback.mp4', 'callback.ogg'];
  await drop(
    page,
    [...names, 'unsupported.mkv'].map((name) => fixtureFile(`media/${name}`)),
  );
  for (const name of names) {
    await says(page, name, /^Done · 0:0[23]$/);
    expect(await textOf(page, name), name).toMatch(/please call me back/i);
  }
  await says(page, 'unsupported.mkv', 'This browser cannot play Dolby Digital (AC-3)');
});
