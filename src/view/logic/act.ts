import type { AppState } from '../../session/state.ts';
import type { Panels } from '../panels.svelte.ts';
import { smallerModel } from './notices.ts';
import type { ActionId } from './notices.ts';

/** Acts that settle the matter, so that the notice may go; others only lead to where it can be settled. */
export const ANSWERS: ReadonlySet<ActionId> = new Set<ActionId>([
  'retry-load',
  'retry-start',
  'smaller-model',
  'use-default',
  'keep-in-memory',
]);

/** Does what a notice's button says. */
export function act(action: ActionId, app: AppState, panels: Panels): void {
  switch (action) {
    case 'retry-load':
    case 'download':
      app.model.load();
      break;
    case 'retry-start':
      void app.session.start();
      break;
    case 'smaller-model': {
      const model = smallerModel(app);
      // Choosing a model loads it.
      if (model !== null) app.settings.model = model;
      break;
    }
    case 'choose-microphone':
      panels.show('settings');
      break;
    case 'resume':
      void app.session.resume();
      break;
    case 'diagnostics':
      panels.show('diagnostics');
      break;
    case 'reload':
      location.reload();
      break;
    case 'apply-update':
      app.offline.applyUpdate();
      break;
    case 'use-default':
    case 'keep-in-memory':
      break;
  }
}
