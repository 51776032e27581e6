import './platform/trusted-types.ts';
import { ensureIsolation } from './platform/isolation.ts';
import { Scope } from './platform/scope.ts';
import { App } from './session/app.svelte.ts';
import { mountApp, mountIsolationPage } from './view/mount.ts';

const target = document.querySelector('#app');
if (target === null) throw new Error('index.html has no #app');

const isolation = await ensureIsolation();
if (isolation.isolated) mountApp(target, new App(new Scope()));
else mountIsolationPage(target, isolation.failure.cause);
