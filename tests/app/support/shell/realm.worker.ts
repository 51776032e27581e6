/** Tries, inside a worker, what the policy forbids, and starts a worker of its own, as the inference engine does. */
import '../../../../src/platform/trusted-types.ts';

export interface Probe {
  readonly isolated: boolean;
  readonly evalAllowed: boolean;
  readonly otherOriginReached: boolean;
  readonly blobWorkerStarted: boolean;
  readonly nestedIsolated: boolean;
}

if (new URL(location.href).hash === '#nested') {
  postMessage(crossOriginIsolated);
} else {
  postMessage({
    isolated: crossOriginIsolated,
    evalAllowed: allowed(() => globalThis.eval('1') as number),
    otherOriginReached: await fetch('http://127.0.0.1:1/', { mode: 'no-cors' }).then(
      () => true,
      () => false,
    ),
    blobWorkerStarted: allowed(() => new Worker(URL.createObjectURL(new Blob(['postMessage(1)'])))),
    nestedIsolated: await nested(),
  } satisfies Probe);
}

function allowed(attempt: () => unknown): boolean {
  try {
    attempt();
    return true;
  } catch {
    return false;
  }
}

function nested(): Promise<boolean> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL('#nested', location.href), { type: 'module' });
    worker.onmessage = (event: MessageEvent<boolean>) => resolve(event.data);
    worker.onerror = () => resolve(false);
  });
}
