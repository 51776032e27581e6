/**
 * Makes sure that the page is cross-origin isolated: without that there is no `SharedArrayBuffer`, and nothing here can run.
 * Where the host sends the headers it is, from the start. Where it does not, the service worker puts them on, which takes one
 * reload at the first visit (F1), and one after a Shift-reload, which goes past the service worker (F2).
 */
import type { Failure } from './failure.ts';
import { activated, registerServiceWorker, shellComplete } from './service-worker.ts';

export type Isolation = { readonly isolated: true } | { readonly isolated: false; readonly failure: IsolationFailure };
type IsolationFailure = Extract<Failure, { name: 'isolation-missing' }>;
const MARK = 'sottoReloaded';
type Cause = IsolationFailure['cause'];

interface Surroundings {
  readonly isolated: boolean;
  readonly secureContext: boolean;
  /** The browser knows isolation and service workers. */
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
 * Call first, before anything needs shared memory. Nothing can be recording in a page that is not isolated, so the reload
 * interrupts nothing. While it reloads, the promise stays open.
 * @param repairing called when that takes a while: the service worker keeps the whole shell before it helps.
 */
export async function ensureIsolation(repairing: () => void): Promise<Isolation> {
  const step = decide({
    isolated: globalThis.crossOriginIsolated,
    secureContext: globalThis.isSecureContext,
    capable: 'crossOriginIsolated' in globalThis && 'serviceWorker' in navigator,
    tried: guard.isSet(),
  });
  switch (step) {
    case 'run':
      guard.clear();
      return { isolated: true };
    case 'repair': {
      repairing();
      const registration = await registerServiceWorker();
      if (!registration || !(await activated(registration))) return missing('headers');
      // Where the browser lost the page that it serves by itself, it would come without headers once more.
      await shellComplete(registration);
      guard.set();
      location.reload();
      return new Promise(() => undefined);
    }
    default:
      return missing(step);
  }
}

const missing = (cause: Cause): Isolation => ({ isolated: false, failure: { name: 'isolation-missing', cause } });

/**
 * Remembers, across the reload, that it was made: one, never a loop. It is kept in the history entry, which belongs to the tab
 * and lives in the browser's own process. (A tab that becomes isolated changes its process, and in Chromium the process that a
 * Shift-reload returns to still sees the session storage it had before.)
 */
const guard = {
  isSet: (): boolean => MARK in entryState(),
  set: (): void => history.replaceState({ ...entryState(), [MARK]: true }, ''),
  clear: (): void => {
    if (!guard.isSet()) return;
    const state = entryState();
    Reflect.deleteProperty(state, MARK);
    history.replaceState(state, '');
  },
};

function entryState(): Record<string, unknown> {
  const state: unknown = history.state;
  return typeof state === 'object' && state !== null ? { ...state } : {};
}
