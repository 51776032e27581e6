/** A plain static file server, as plain as hosts come, that can be made worse. */
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { cacheControl, POLICY_HEADERS } from '../../../build/headers.ts';

/** What goes wrong with a file: another status, another body (a captive portal's page), or an end before its end. */
export type Fault =
  | { readonly type: 'status'; readonly status: number }
  | { readonly type: 'body'; readonly body: string; readonly contentType: string }
  | { readonly type: 'break-off'; readonly afterBytes: number };

export interface ServeOptions {
  /** Whether it sends our table of headers, or none but the type. */
  readonly headers?: boolean;
  /** Starts and ends with a slash. */
  readonly basePath?: string;
  readonly host?: string;
}

export interface FolderServer {
  /** Ends with a slash. */
  readonly url: string;
  /** Every request so far: `GET assets/index.js`. */
  readonly requests: string[];
  /** By path from the folder, as in `assets/index.js`. Takes effect at once. */
  readonly faults: Map<string, Fault>;
  /** Every answer waits for it; the connection breaks when it rejects. `null`: a good network. */
  network: ((path: string) => Promise<void>) | null;
  /** Serves another folder from now on: a deployment. */
  deploy(folder: string): void;
  /** Also cuts open connections. */
  close(): Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};

export async function serveFolder(folder: string, options: ServeOptions = {}): Promise<FolderServer> {
  const { headers = false, basePath = '/', host = 'localhost' } = options;
  const requests: string[] = [];
  const faults = new Map<string, Fault>();
  const conditions: Pick<FolderServer, 'network'> = { network: null };
  let root = folder;

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { pathname } = new URL(request.url ?? '/', 'http://host');
    const path = decodeURIComponent(pathname.startsWith(basePath) ? pathname.slice(basePath.length) : '../');
    const file = path === '' ? 'index.html' : normalize(path);
    requests.push(`${request.method ?? ''} ${path}`);
    try {
      await conditions.network?.(path);
    } catch {
      return void request.socket.destroy();
    }
    const fault = faults.get(path);
    if (fault?.type === 'status') return void response.writeHead(fault.status).end();
    const body = fault?.type === 'body' ? Buffer.from(fault.body) : await readable(root, file);
    if (!body) return void response.writeHead(404).end();
    response.setHeader('Content-Type', fault?.type === 'body' ? fault.contentType : typeOf(file));
    response.setHeader('Content-Length', body.byteLength);
    if (headers) {
      for (const [name, value] of Object.entries(POLICY_HEADERS)) response.setHeader(name, value);
      response.setHeader('Cache-Control', cacheControl(file));
    }
    if (fault?.type !== 'break-off') return void response.end(body);
    response.write(body.subarray(0, fault.afterBytes), () => response.destroy());
  };

  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return Object.assign(conditions, {
    url: `http://${host}:${address.port}${basePath}`,
    requests,
    faults,
    deploy: (next: string) => void (root = next),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}

const typeOf = (file: string): string => TYPES[extname(file)] ?? 'application/octet-stream';

function readable(root: string, file: string): Promise<Buffer | null> {
  return file.startsWith('..') ? Promise.resolve(null) : readFile(join(root, file)).catch(() => null);
}
