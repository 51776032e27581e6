/**
 * `npm run bench:start`: cold starts with the network cut. The app has been visited once and says “Ready offline”; then its
 * server is gone, and each time a browser is started that opens the app at once, as an icon on the desktop does.
 */
import type { Page } from 'playwright-core';
import { buildApp, DEFAULT_OUT_DIR } from '../../build/app.ts';
import { openBrowser, temporaryFolder } from '../app/support/browser.ts';
import { serveFolder } from '../app/support/serve-folder.ts';
import { provenance, writeJson } from '../evaluate/machine.ts';
import { count, parse, UsageError } from '../evaluate/options.ts';
import { median } from '../evaluate/score/statistics.ts';

const USAGE = 'npm run bench:start -- [--runs N] [--json OUT]';

const print = (line: string): void => void process.stdout.write(`${line}\n`);

/** From the start of the navigation until Start can be pressed, in milliseconds. */
async function usableMs(page: Page): Promise<number> {
  const mark = await page.waitForFunction(() => performance.getEntriesByName('sotto-usable')[0]?.startTime);
  return (await mark.jsonValue()) ?? Infinity;
}

async function coldStart(profile: string, url: string): Promise<number> {
  const browser = await openBrowser(profile, [`--app=${url}`]);
  try {
    const page = browser.pages()[0] ?? (await browser.waitForEvent('page'));
    return await usableMs(page);
  } finally {
    await browser.close();
  }
}

try {
  const values = parse(process.argv.slice(2), ['runs', 'json']);
  const runs = count('runs', values['runs']) ?? 10;
  const folder = await temporaryFolder();
  try {
    const built = process.env['SOTTO_DIST'];
    if (built === undefined) await buildApp();
    const server = await serveFolder(built ?? DEFAULT_OUT_DIR, { headers: true });
    const profile = `${folder.path}/profile`;
    const browser = await openBrowser(profile);
    const page = await browser.newPage();
    await page.goto(server.url);
    print(`first visit: Start can be pressed after ${Math.round(await usableMs(page))} ms`);
    await page.getByText('Ready offline', { exact: true }).waitFor({ timeout: 120_000 });
    await browser.close();
    await server.close();

    const startMs: number[] = [];
    for (let run = 0; run < runs; run++) {
      startMs.push(Math.round(await coldStart(profile, server.url)));
      print(`cold start without the network: ${startMs.at(-1) ?? '?'} ms`);
    }
    print(`median ${median(startMs) ?? '?'} ms`);
    if (values['json'] !== undefined) writeJson(values['json'], { ...provenance(), startMs });
  } finally {
    await folder.remove();
  }
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`${error.message}\n\nusage: ${USAGE}\n`);
  process.exitCode = 2;
}
