import type { AppState, ModelPhase } from '../../session/state.ts';
import type { Messages } from '../messages/messages.ts';

/** Lag worth mentioning while listening (F30). */
const LAG_MS = 4000;

/** The session in words: `Listening · 6 sec behind`. */
export function sessionWords(app: AppState, { phase: words }: Messages): string {
  const { phase, lagMs, drain } = app.session;
  switch (phase) {
    case 'listening': {
      const behind = app.model.current.phase === 'ready' && lagMs >= LAG_MS;
      return behind ? words.behind(lagMs / 1000) : words.listening;
    }
    case 'draining':
      return drain === null || drain.secondsLeft === null ? words.finishing : words.finishingIn(drain.secondsLeft);
    default:
      return words[phase];
  }
}

/** The session as it is announced: without what changes every second. */
export function announcedPhase(app: AppState, { phase: words }: Messages): string {
  const { phase } = app.session;
  return phase === 'idle' ? '' : phase === 'draining' ? words.finishing : words[phase];
}

export interface ModelLine {
  readonly text: string;
  /** 0 to 1; `null` when it cannot be told. */
  readonly fraction: number | null;
  readonly hint: string;
  readonly action: 'cancel' | 'load' | null;
}

/** The model's own line, or `null` when there is nothing to say of it (ready; or a notice says it). */
export function modelLine(app: AppState, { model: words }: Messages): ModelLine | null {
  const model: ModelPhase = app.model.current;
  const { phase } = app.session;
  const hint = phase === 'listening' || phase === 'starting' ? words.writtenLater : words.startAnyway;
  switch (model.phase) {
    case 'downloading':
      return {
        text: model.waiting
          ? words.waitingForOtherTab
          : words.loading(model.loadedBytes, model.totalBytes, model.secondsLeft),
        fraction: model.totalBytes > 0 ? Math.min(1, model.loadedBytes / model.totalBytes) : null,
        hint,
        action: 'cancel',
      };
    case 'preparing':
      return { text: words.preparing, fraction: null, hint, action: null };
    case 'absent':
      return { text: words.absent, fraction: null, hint: '', action: 'load' };
    default:
      return null;
  }
}
