/**
 * Makes sure that the page is cross-origin isolated: without that there is no `SharedArrayBuffer`, and nothing here can run.
 * Where the host sends the headers it is, from the start. Where it does not, the service worker puts them on, which takes one
 * reload at the first visit (F1), and one after a Shift-reload, which goes past the service worker (F2).
 */
import type { Failure } from './failure.ts';
import { activated, registerServiceWorker } from './service-worker.ts';

export type Isolation = { readonly isolated: true } | { readonly isolated: false; readonly failure: IsolationFailure };
type IsolationFailure = Extract<Failure, { name: 'isolation-missing' }>;
type Cause = IsolationFailure['cause'];

interface Surroundings {
  readonly isolated: boolean;
  readonly secureContext: boolean;
  /** The browser knows isolation, service workers, and a place to remember that the repair was tried. */
  readonly capable: boolean;
  /** The reload has been made and did not help. */
  readonly tried: boolean;
}

/** What to do about isolation. Pure. */
export function decide(surroundings: Surroundings): 'run' | 'repair' | Cause {
  if (surroundings.isolated) return 'run';
  if (!surroundings.secureContext) return 'insecure-context';
  if (!surroundings.capable) return 'unsupported';
  return surroundings.tried ? 'headers' : 'repair';
}

/**
 * Call first, before anything needs shared memory; draw the page meanwhile. Nothing can be recording in a page that is not
 * isolated, so the reload interrupts nothing. While it reloads, the promise stays open.
 */
export async function ensureIsolation(): Promise<Isolation> {
  const guard = openGuard();
  const step = decide({
    isolated: globalThis.crossOriginIsolated,
    secureContext: globalThis.isSecureContext,
    capable: 'crossOriginIsolated' in globalThis && 'serviceWorker' in navigator && guard !== null,
    tried: guard?.isSet() ?? false,
  });
  switch (step) {
    case 'run':
      guard?.clear();
      return { isolated: true };
    case 'repair': {
      const registration = await registerServiceWorker();
      if (!registration || !(await activated(registration))) return missing('headers');
      guard?.set();
      location.reload();
      return new Promise(() => undefined);
    }
    default:
      return missing(step);
  }
}

const missing = (cause: Cause): Isolation => ({ isolated: false, failure: { name: 'isolation-missing', cause } });

/** Remembers, for this tab and across its reloads, that the repair was tried: one reload, never a loop. */
function openGuard(): { isSet(): boolean; set(): void; clear(): void } | null {
  const KEY = 'sotto-isolation-reload';
  try {
    const storage = globalThis.sessionStorage;
    return {
      isSet: () => storage.getItem(KEY) !== null,
      set: () => storage.setItem(KEY, '1'),
      clear: () => storage.removeItem(KEY),
    };
  } catch {
    return null; // All storage is blocked for this site.
  }
}
