/** The platform part of the app without the rest of it: what it knows is on `document.body.dataset`, what it can do on `shell`. */
import '../../../../src/platform/trusted-types.ts';
import { ensureIsolation } from '../../../../src/platform/isolation.ts';
import { OfflineReadiness } from '../../../../src/platform/offline.ts';
import { holdRecordingLock } from '../../../../src/platform/recording-lock.ts';
import { Scope } from '../../../../src/platform/scope.ts';
import { registerServiceWorker } from '../../../../src/platform/service-worker.ts';
import { Updates } from '../../../../src/platform/update.ts';
import type { Probe } from './realm.worker.ts';

declare const __VERSION__: string;

/** What tests call. */
export interface ShellUnderTest {
  record(): void;
  stop(): void;
  apply(): Promise<void>;
  lookForUpdate(): Promise<unknown>;
  loadLater(): Promise<string>;
  probeWorker(): Promise<Probe>;
}

const { dataset } = document.body;
dataset['version'] = __VERSION__;
const isolation = await ensureIsolation(() => (dataset['isolation'] = 'repairing'));
dataset['isolation'] = isolation.isolated ? 'isolated' : JSON.stringify(isolation.failure);

if (isolation.isolated) {
  const scope = new Scope();
  const registration = await registerServiceWorker();
  let release: (() => void) | null = null;

  const updates = new Updates(
    scope,
    registration,
    () => release === null,
    () => (dataset['update'] = updates.state),
  );
  dataset['update'] = updates.state;

  const offline: OfflineReadiness = new OfflineReadiness(scope, registration, () => Promise.resolve(true), showOffline);
  function showOffline(): void {
    dataset['offline'] = offline.obstacle ?? (offline.ready ? 'ready' : 'not-ready');
  }
  showOffline();

  const shell: ShellUnderTest = {
    record: () => void (release ??= holdRecordingLock()),
    stop: () => {
      release?.();
      release = null;
    },
    apply: () => updates.apply(),
    lookForUpdate: () => registration?.update() ?? Promise.resolve(),
    loadLater: async () => (await import('./later.ts')).text,
    probeWorker: () =>
      new Promise((resolve, reject) => {
        const worker = new Worker(new URL('./realm.worker.ts', import.meta.url), { type: 'module' });
        scope.add(() => worker.terminate());
        worker.onmessage = (event: MessageEvent<Probe>) => resolve(event.data);
        worker.onerror = () => reject(new Error('the worker did not start'));
      }),
  };
  Object.assign(globalThis, { shell });
}
