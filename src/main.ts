import './platform/trusted-types.ts';
import { ensureIsolation } from './platform/isolation.ts';
import { Scope } from './platform/scope.ts';
import { App } from './session/app.svelte.ts';
import { mountApp, mountIsolationPage, mountPreparingPage } from './view/mount.ts';

const target = document.querySelector('#app');
if (target === null) throw new Error('index.html has no #app');

let takeAway = (): void => undefined;
const isolation = await ensureIsolation(() => (takeAway = mountPreparingPage(target)));
takeAway();
if (isolation.isolated) {
  mountApp(target, new App(new Scope()));
  // From here on Start can be pressed. What measures a start reads it.
  performance.mark('sotto-usable');
} else mountIsolationPage(target, isolation.failure.cause);
