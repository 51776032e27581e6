import { Scope } from './scope.ts';
import { SERVICE_WORKER, type ShellMessage, type ShellReport } from './shell-protocol.ts';

/** A worker that does not answer in this time is taken for one that cannot. */
const ANSWER_MS = 20_000;

/**
 * Registers the service worker beside the page, at any path. A registration that exists is given back and, in the background,
 * compared with the server's.
 * @returns `null` where it cannot be: no support, a private window that forbids it, a broken file, the dev server.
 */
export async function registerServiceWorker(): Promise<ServiceWorkerRegistration | null> {
  if (import.meta.env.DEV || !('serviceWorker' in navigator)) return null;
  try {
    // The HTTP cache must not hold back a new version for as long as the host lets files be kept.
    return await navigator.serviceWorker.register(new URL(SERVICE_WORKER, document.baseURI), {
      updateViaCache: 'none',
    });
  } catch {
    return await registeredBefore();
  }
}

/** The worker of earlier visits, when the server cannot be asked now. */
async function registeredBefore(): Promise<ServiceWorkerRegistration | null> {
  const registration = await navigator.serviceWorker.getRegistration().catch(() => undefined);
  return registration?.active ? registration : null;
}

/**
 * Waits until a version is installed and active.
 * @returns `false` when the installation failed (a file was missing or not the one expected) and there is no version before it.
 */
export async function activated(registration: ServiceWorkerRegistration): Promise<boolean> {
  if (registration.active) return true;
  const worker = registration.installing ?? registration.waiting;
  if (!worker) return false;
  const scope = new Scope();
  await new Promise<void>((resolve) => {
    const look = () => {
      if (worker.state === 'activating' || worker.state === 'activated' || worker.state === 'redundant') resolve();
    };
    scope.listen(worker, 'statechange', look);
    look();
  });
  scope.dispose();
  return worker.state !== 'redundant';
}

export function tell(worker: ServiceWorker, message: ShellMessage, ports: MessagePort[] = []): void {
  worker.postMessage(message, ports);
}

/** Whether the active version keeps every file of its shell, after it fetched again what the browser had lost. */
export async function shellComplete(registration: ServiceWorkerRegistration): Promise<boolean> {
  const worker = registration.active;
  if (!worker) return false;
  const { port1, port2 } = new MessageChannel();
  const scope = new Scope();
  scope.add(() => port1.close());
  const complete = await new Promise<boolean>((resolve) => {
    port1.onmessage = (event: MessageEvent<ShellReport>) => resolve(event.data.complete);
    scope.after(ANSWER_MS, () => resolve(false));
    tell(worker, { type: 'verify' }, [port2]);
  });
  scope.dispose();
  return complete;
}
