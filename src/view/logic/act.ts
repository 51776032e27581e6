import type { AppState } from '../../session/state.ts';
import type { Panels } from '../panels.svelte.ts';
import { smallerModel } from './notices.ts';
import type { ActionId, NoticeView } from './notices.ts';

/** Does what a notice's button says, and takes the notice away where the act is the answer to it. */
export function act(action: ActionId, notice: NoticeView, app: AppState, panels: Panels): void {
  if (notice.source !== null && action !== 'diagnostics' && action !== 'choose-microphone') {
    app.session.dismiss(notice.source);
  }
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
      if (model === null) break;
      app.settings.model = model;
      app.model.load();
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
    case 'dismiss':
      break;
  }
}
