import type { PackageId } from '../../../../../src/recognizer/packages/manifest.ts';
import { PACKAGE_BYTES } from '../../../../../src/recognizer/packages/sizes.ts';
import { forget, prune, stored } from '../../../../../src/recognizer/packages/stored.ts';
import { report, type Report } from './report.ts';

let controller = new AbortController();
let running: Promise<Report>;

const site = {
  sizes: PACKAGE_BYTES,
  stored,
  forget,
  prune,
  /** Starts without waiting for the end. */
  start(id: PackageId, names: readonly string[] = []): void {
    controller = new AbortController();
    running = report(id, names, controller.signal);
  },
  ended: () => running,
  abort: () => controller.abort(),
  obtain(id: PackageId, names: readonly string[] = []): Promise<Report> {
    this.start(id, names);
    return running;
  },
  obtainInWorker(id: PackageId, names: readonly string[]): Promise<Report> {
    const worker = new Worker(new URL('./obtain.worker.ts', import.meta.url), { type: 'module' });
    worker.postMessage({ id, names });
    return new Promise((resolve) =>
      worker.addEventListener('message', (event: MessageEvent<Report>) => resolve(event.data)),
    );
  },
};

declare global {
  interface Window {
    site: typeof site;
  }
}
window.site = site;
