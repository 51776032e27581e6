import { POLICY_HEADERS } from '../../build/headers.ts';

/** Hosts that do not know these say "octet-stream", and the browser refuses to run it. */
const TYPES: Readonly<Record<string, string>> = {
  js: 'text/javascript',
  mjs: 'text/javascript',
  css: 'text/css',
  wasm: 'application/wasm',
  webmanifest: 'application/manifest+json',
  txt: 'text/plain; charset=utf-8',
};

/**
 * The same response under our policy. Of the host's own headers only the type stays: encoding and length no longer describe a
 * body that was decoded on its way here. A redirect that only the browser may follow is given back as it is.
 */
export function withPolicy(response: Response): Response {
  if (response.type === 'opaqueredirect' || response.type === 'error') return response;
  const headers = new Headers(POLICY_HEADERS);
  const type = TYPES[extension(response.url)] ?? response.headers.get('Content-Type');
  if (type) headers.set('Content-Type', type);
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}

function extension(url: string): string {
  return url === '' ? '' : (/\.(\w+)$/.exec(new URL(url).pathname)?.[1] ?? '');
}
