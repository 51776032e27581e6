import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { env } from 'node:process';
import type { Connect, Plugin } from 'vite';
import { cacheControl, DEVELOPMENT_HEADERS, POLICY_HEADERS, REVALIDATE, type Headers } from './headers.ts';

/** Sends the table of headers from the dev server and from `vite preview`. */
export function headersPlugin(): Plugin {
  return {
    name: 'sotto:headers',
    configureServer(server) {
      // Vitest serves its own page, which needs inline scripts; its project sets the isolation headers itself.
      if (!env['VITEST']) server.middlewares.use(sendHeaders(DEVELOPMENT_HEADERS, () => 'no-store'));
    },
    configurePreviewServer(server) {
      const folder = resolve(server.config.root, server.config.build.outDir);
      // An answer that says "not here" may be wrong after the next deployment: it is never kept.
      const caching = (path: string) => (existsSync(join(folder, path)) ? cacheControl(path) : REVALIDATE);
      server.middlewares.use(sendHeaders(POLICY_HEADERS, caching));
    },
  };
}

function sendHeaders(headers: Headers, caching: (path: string) => string): Connect.NextHandleFunction {
  return (request, response, next) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    response.setHeader('Cache-Control', caching(new URL(request.url ?? '/', 'http://host').pathname));
    next();
  };
}
