/** Serves a built page below a path, and its parts as badly as a test asks. */
import { readFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { ISOLATION_HEADERS } from '../../../../build/headers.ts';

/** What goes wrong with one request for a part. */
export type PartFault =
  | { readonly type: 'status'; readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  /** A captive portal: another page, with status 200. */
  | { readonly type: 'html' }
  /** The connection breaks in the middle. */
  | { readonly type: 'drop' }
  /** Ends well, but early. */
  | { readonly type: 'truncate' }
  | { readonly type: 'flip' }
  /** Sends half, and the rest when `until` resolves: all of it, or a broken connection. */
  | { readonly type: 'hold'; readonly until: Promise<'finish' | 'drop'> };

export interface PartServer {
  /** Ends with a slash. */
  readonly url: string;
  /** Hashes of the parts asked for, in order. */
  readonly requests: string[];
  /** `Range` headers seen. */
  readonly ranges: string[];
  /** Faults of a part, one per request, first come first; a request without one is answered well. */
  readonly faults: Map<string, PartFault[]>;
  /** The fault of every request for a part that has none of its own; `null` for none. */
  everyPart: PartFault | null;
  /** Resolves when the part has been asked for, before it is answered. */
  asked(sha256: string): Promise<void>;
  close(): Promise<void>;
}

const BASE_PATH = '/some/where/';
const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript' };

export async function servePackages(folder: string): Promise<PartServer> {
  const waiting = new Map<string, () => void>();
  const state = {
    requests: [] as string[],
    ranges: [] as string[],
    faults: new Map<string, PartFault[]>(),
    everyPart: null as PartFault | null,
  };

  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries(ISOLATION_HEADERS)) response.setHeader(name, value);
    const path = normalize((request.url ?? '').slice(BASE_PATH.length) || 'index.html');
    const hash = /^models\/([0-9a-f]{64})\.part$/.exec(path)?.[1];
    void readFile(join(folder, path)).then(
      async (body) => {
        if (hash === undefined) {
          response.setHeader('Content-Type', TYPES[extname(path)] ?? 'application/octet-stream');
          response.end(body);
          return;
        }
        state.requests.push(hash);
        if (request.headers.range !== undefined) state.ranges.push(request.headers.range);
        waiting.get(hash)?.();
        await answer(response, body, state.faults.get(hash)?.shift() ?? state.everyPart);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return Object.assign(state, {
    url: `http://localhost:${address.port}${BASE_PATH}`,
    asked: (sha256: string) =>
      state.requests.includes(sha256)
        ? Promise.resolve()
        : new Promise<void>((resolve) => waiting.set(sha256, resolve)),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}

async function answer(response: ServerResponse, body: Buffer, fault: PartFault | null): Promise<void> {
  const half = body.subarray(0, body.byteLength / 2);
  response.setHeader('Content-Type', 'application/octet-stream');
  switch (fault?.type) {
    case undefined:
      response.end(body);
      return;
    case 'status':
      response.writeHead(fault.status, fault.headers).end('no');
      return;
    case 'html':
      response.setHeader('Content-Type', 'text/html').end('<!doctype html><title>Welcome to our hotel</title>');
      return;
    case 'drop':
      response.setHeader('Content-Length', body.byteLength);
      response.write(half, () => response.destroy());
      return;
    case 'truncate':
      response.write(half);
      response.end();
      return;
    case 'flip': {
      const flipped = Buffer.from(body);
      flipped.writeUInt8(flipped.readUInt8(1000) ^ 1, 1000);
      response.end(flipped);
      return;
    }
    case 'hold':
      response.setHeader('Content-Length', body.byteLength);
      response.write(half);
      if ((await fault.until) === 'finish') response.end(body.subarray(half.byteLength));
      else response.destroy();
  }
}
