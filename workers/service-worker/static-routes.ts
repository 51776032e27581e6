/**
 * What a browser may serve from a cache by itself, without starting the service worker for it: on a cold start that takes longer
 * than everything else together. Chromium 123 knows these routes (ServiceWorker Static Routing API); others, and what is not
 * in the cache, go the way they always went. Pure.
 */
interface RouterCondition {
  readonly urlPattern: { readonly pathname: string; readonly search: string };
  readonly requestMethod: 'GET';
  readonly requestMode?: RequestMode;
  readonly requestDestination?: RequestDestination;
}

export interface RouterRule {
  readonly condition: RouterCondition;
  readonly source: { readonly cacheName: string };
}

/** Files that start no realm: fetched past us, they need no policy on them. */
const DESTINATIONS = ['script', 'style', 'font'] as const satisfies readonly RequestDestination[];

/**
 * @param scope the service worker's scope: ends with a slash.
 * @param pageCache holds the page of this version under `scope`.
 * @param fileCache holds the files whose names change with their content, under their addresses.
 */
export function staticRoutes(scope: string, pageCache: string, fileCache: string): RouterRule[] {
  const pathname = new URL(scope).pathname.replace(/[\\:*?+(){}]/g, String.raw`\$&`);
  const files = { urlPattern: { pathname: `${pathname}assets/*`, search: '' }, requestMethod: 'GET' } as const;
  return [
    {
      condition: { urlPattern: { pathname, search: '' }, requestMethod: 'GET', requestMode: 'navigate' },
      source: { cacheName: pageCache },
    },
    ...DESTINATIONS.map((requestDestination) => ({
      condition: { ...files, requestDestination },
      source: { cacheName: fileCache },
    })),
  ];
}
