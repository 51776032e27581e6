/**
 * Once before all app tests: the production build, served. `SOTTO_DIST` names a build to use as it is; without it one is made.
 * Tests read the address with `inject('appUrl')`.
 */
import type { TestProject } from 'vitest/node';
import { buildApp, serveApp } from '../../build/app.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Ends with a slash. */
    appUrl: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const built = process.env['SOTTO_DIST'];
  if (!built) await buildApp();
  const app = await serveApp(built);
  project.provide('appUrl', app.url);
  return () => app.close();
}
