/** Builds and serves the production app for those who drive it: app tests, evaluate, bench. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { preview } from 'vite';

const ROOT = join(import.meta.dirname, '..');

/** Where `vite build` puts the app unless told otherwise. */
export const DEFAULT_OUT_DIR = join(ROOT, 'dist');

export interface ServedApp {
  /** Ends with a slash. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Builds the app as `npm run build` does: in a process of its own, because a test runner's NODE_ENV would make a development build.
 * @throws Error when the build fails; its output has been shown.
 */
export async function buildApp(outDir = DEFAULT_OUT_DIR): Promise<void> {
  const vite = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js');
  const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'warn', '--emptyOutDir', '--outDir', outDir], {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`vite build ended with ${code}`);
}

/** Serves a built app with the headers `npm start` sends, on a free port of this machine. */
export async function serveApp(outDir = DEFAULT_OUT_DIR): Promise<ServedApp> {
  const server = await preview({
    root: ROOT,
    logLevel: 'warn',
    build: { outDir },
    preview: { port: 0, strictPort: false, host: 'localhost', open: false },
  });
  const address = server.httpServer.address();
  if (address === null || typeof address === 'string') throw new Error('the preview server has no port');
  return { url: `http://localhost:${address.port}/`, close: () => server.close() };
}
