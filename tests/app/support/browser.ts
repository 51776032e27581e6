import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext } from 'playwright-core';
import { CHROMIUM_ARGS, findBrowser } from '../../../build/browser.ts';

/** A folder for the length of a test: a browser profile, a deployment. */
export async function temporaryFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'sotto-'));
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 5 }) };
}

/**
 * A browser whose storage lives in `profile`: closed and opened again, it is the same person's.
 * @param serviceWorkers `block`: every script comes from the server, where a test can lay hands on it.
 */
export function openBrowser(
  profile: string,
  extraArgs: readonly string[] = [],
  serviceWorkers: 'allow' | 'block' = 'allow',
): Promise<BrowserContext> {
  return chromium.launchPersistentContext(profile, {
    executablePath: findBrowser(),
    args: [...CHROMIUM_ARGS, ...extraArgs],
    serviceWorkers,
  });
}
