/**
 * Keeps the shell (page, scripts, styles, fonts, icons) for a start without a network, and puts the isolation and policy
 * headers on it for hosts that send none. It answers GETs of our own files and nothing else, and never takes over by itself:
 * the page says when, because a tab may be recording.
 */
import type { PrecacheEntry } from 'workbox-precaching';
import type { ShellMessage, ShellReport } from '../src/platform/shell-protocol.ts';
import { withPolicy } from './service-worker/policy.ts';
import { route } from './service-worker/route.ts';
import { Shell } from './service-worker/shell.ts';

declare const self: ServiceWorkerGlobalScope & { readonly __WB_MANIFEST: readonly (PrecacheEntry | string)[] };

const shell = new Shell(self.__WB_MANIFEST, self.registration.scope);

self.addEventListener('install', (event) => event.waitUntil(shell.install(event)));

self.addEventListener('activate', (event) => {
  event.waitUntil(shell.activate(event));
  // The page of a first visit is served by us from here on, without waiting for its next load.
  event.waitUntil(self.clients.claim());
});

self.addEventListener('fetch', (event) => {
  const way = route(event.request, self.registration.scope, (url) => shell.has(url));
  switch (way.type) {
    case 'pass':
      return;
    case 'refuse':
      event.respondWith(new Response(null, { status: 405, headers: { Allow: 'GET' } }));
      return;
    case 'home':
      event.respondWith(Response.redirect(self.registration.scope, 303));
      return;
    case 'shell':
      event.respondWith(shell.get(way.url));
      return;
    case 'realm':
      event.respondWith(fetch(event.request).then(withPolicy));
  }
});

self.addEventListener('message', (event) => {
  const message = event.data as ShellMessage;
  if (message.type === 'take-over') event.waitUntil(self.skipWaiting());
  else event.waitUntil(report(event.ports[0]));
});

async function report(port: MessagePort | undefined): Promise<void> {
  const complete = await shell.verify().catch(() => false);
  port?.postMessage({ complete } satisfies ShellReport);
}
