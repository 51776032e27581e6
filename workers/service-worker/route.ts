/** What becomes of a request. Pure: the service worker only carries it out. */
export type Route =
  /** None of our business: the browser does what it would do without us. */
  | { readonly type: 'pass' }
  /** Not a GET. We have nothing that could be sent anywhere. */
  | { readonly type: 'refuse' }
  /** Files that another app or page hands over by POST (F48): they go nowhere, and the person finds themselves in the app. */
  | { readonly type: 'home' }
  /** A file of the shell, kept since installation. */
  | { readonly type: 'shell'; readonly url: string }
  /** From the network; it starts a realm (document, worker, worklet), so it gets our policy. */
  | { readonly type: 'realm' };

type Asked = Pick<Request, 'method' | 'url' | 'mode' | 'destination'>;

const REALMS: readonly RequestDestination[] = ['document', 'worker', 'sharedworker', 'audioworklet', 'iframe'];

/**
 * @param scope the service worker's scope: ends with a slash.
 * @param inShell whether this address, without query and fragment, is one of the kept files.
 */
export function route(request: Asked, scope: string, inShell: (url: string) => boolean): Route {
  if (!request.url.startsWith(scope)) return { type: 'pass' };
  if (request.method !== 'GET') return { type: request.mode === 'navigate' ? 'home' : 'refuse' };
  const url = new URL(request.url);
  const address = url.origin + url.pathname;
  if (request.mode === 'navigate' && address === scope) return { type: 'shell', url: `${scope}index.html` };
  if (inShell(address)) return { type: 'shell', url: address };
  return REALMS.includes(request.destination) ? { type: 'realm' } : { type: 'pass' };
}
