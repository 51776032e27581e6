import { createReadStream, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { ISOLATION_HEADERS } from '../../../build/headers.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
};

export interface ServedFolders {
  /** Ends with a slash. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves folders on a free port of this machine, isolated as the app is.
 * @param mounts path prefix (`/stock/`) to the folders that are searched for what follows it; the longest prefix wins.
 * @param single exact paths (`/clips/3`) to files.
 */
export async function serveFolders(
  mounts: Readonly<Record<string, readonly string[]>>,
  single: ReadonlyMap<string, string>,
): Promise<ServedFolders> {
  const prefixes = Object.keys(mounts).sort((a, b) => b.length - a.length);
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url ?? '/', 'http://host').pathname));
    const file = single.get(path) ?? find(prefixes, mounts, path);
    const headers = { ...ISOLATION_HEADERS, 'Cache-Control': 'no-store' };
    if (file === null) {
      response.writeHead(404, headers).end();
      return;
    }
    response.writeHead(200, {
      ...headers,
      'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream',
      'Content-Length': statSync(file).size,
    });
    createReadStream(file).pipe(response);
  });
  const port = await listen(server);
  return {
    url: `http://localhost:${port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function find(
  prefixes: readonly string[],
  mounts: Readonly<Record<string, readonly string[]>>,
  path: string,
): string | null {
  const prefix = prefixes.find((candidate) => path.startsWith(candidate));
  if (prefix === undefined) return null;
  const candidates = (mounts[prefix] ?? []).map((folder) => join(folder, path.slice(prefix.length)));
  return candidates.find((file) => statSync(file, { throwIfNoEntry: false })?.isFile()) ?? null;
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, 'localhost', () => {
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new Error('the server has no port'));
      else resolve(address.port);
    });
  });
}
