import type { FileItem } from '../../session/state.ts';
import type { Messages } from '../messages/messages.ts';
import { clock } from '../messages/formats.ts';
import { failureWords } from './notices.ts';

export type FileAct = 'pause' | 'resume' | 'up' | 'down' | 'cancel' | 'remove';

/** What can be done with a file now, in the order of the buttons. */
export function fileActs({ id, phase }: FileItem, items: readonly FileItem[]): FileAct[] {
  const over = phase === 'done' || phase === 'cancelled';
  const place = items.findIndex((item) => item.id === id);
  const moves: FileAct[] = [];
  if (!over && place > 0) moves.push('up');
  if (!over && place < items.length - 1) moves.push('down');
  switch (phase) {
    case 'opening':
    case 'transcribing':
    case 'waiting-for-recording':
    case 'queued':
      return [...moves, 'pause', 'cancel'];
    case 'paused':
    case 'needs-file':
      return [...moves, 'resume', 'cancel'];
    case 'failed':
      return [...moves, 'resume', 'remove'];
    case 'done':
    case 'cancelled':
      return ['remove'];
  }
}

/** While nothing is being written of it, and something is still to be. */
export const mayChangeLanguage = ({ phase }: FileItem): boolean =>
  ['queued', 'paused', 'waiting-for-recording', 'needs-file', 'failed'].includes(phase);

/** 0 to 1 while there is something to show progress of; `null` otherwise. */
export function fileFraction({ phase, positionMs, durationMs }: FileItem): number | null {
  if (phase === 'done' || phase === 'cancelled' || durationMs === null || durationMs === 0) return null;
  return Math.min(1, positionMs / durationMs);
}

/** A file in words: where it stands, and what else must be known of it. */
export function fileWords(
  item: FileItem,
  modelReady: boolean,
  messages: Messages,
): { readonly state: string; readonly note: string } {
  const { files: t } = messages;
  const { phase, positionMs, durationMs, secondsLeft, failure, damaged } = item;
  const reached = durationMs === null ? clock(positionMs) : t.reached(clock(positionMs), clock(durationMs));
  const note = damaged ? t.damaged : '';
  switch (phase) {
    case 'transcribing': {
      if (!modelReady) return { state: t.phases['waiting-for-model'], note };
      return { state: secondsLeft === null ? reached : t.left(reached, secondsLeft), note };
    }
    case 'paused':
      return { state: t.stopped(t.phases.paused, reached), note };
    case 'cancelled':
      return { state: t.stopped(t.phases.cancelled, reached), note };
    case 'failed': {
      if (failure === null) return { state: t.phases.failed, note };
      const { title, text } = failureWords(failure, messages);
      return { state: title, note: text };
    }
    case 'done':
      return { state: durationMs === null ? t.phases.done : t.stopped(t.phases.done, clock(durationMs)), note };
    default:
      return { state: t.phases[phase], note };
  }
}
