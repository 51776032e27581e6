import './platform/trusted-types.ts';
import { ensureIsolation } from './platform/isolation.ts';
import { Scope } from './platform/scope.ts';
import { App } from './session/app.svelte.ts';
import { mountApp, mountIsolationPage, mountPreparingPage } from './view/mount.ts';

/** A function, for what is loaded on the way imports this module's chunk: awaited at the top, both would wait for each other. */
async function start(): Promise<void> {
  const target = document.querySelector('#app');
  if (target === null) throw new Error('index.html has no #app');

  const preparing: Promise<() => void>[] = [];
  const isolation = await ensureIsolation(() => preparing.push(mountPreparingPage(target)));
  for (const takeAway of preparing) (await takeAway)();
  if (isolation.isolated) {
    await mountApp(target, new App(new Scope()));
    // From here on Start can be pressed. What measures a start reads it.
    performance.mark('sotto-usable');
  } else await mountIsolationPage(target, isolation.failure.cause);
}

void start();
