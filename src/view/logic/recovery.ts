import type { RecoveryOffer, RecoveryPhase } from '../../session/recovery/recovery-state.ts';
import { clock } from '../messages/formats.ts';
import type { RecoveryMessages } from '../messages/messages.ts';

export type RecoveryAct = 'transcribe' | 'pause' | 'play' | 'open' | 'discard' | 'undo';

/** What can be done, the cure first. */
export const RECOVERY_ACTS: { readonly [Phase in RecoveryPhase]: readonly RecoveryAct[] } = {
  offered: ['transcribe', 'play', 'discard'],
  waiting: ['pause'],
  transcribing: ['pause'],
  done: ['open'],
  failed: ['transcribe', 'play', 'discard'],
  discarded: ['undo'],
};

/** Phases in which it may be put away: nothing is under way. */
export const isAtRest = (phase: RecoveryPhase): boolean => phase !== 'waiting' && phase !== 'transcribing';

/** Where the recording stands, in words. */
export function recoveryWords({ phase, positionMs, durationMs }: RecoveryOffer, t: RecoveryMessages): string {
  switch (phase) {
    case 'offered':
      return t.safe(durationMs / 1000);
    case 'waiting':
      return t.waiting;
    case 'transcribing':
      return t.transcribing(clock(positionMs), clock(durationMs));
    case 'done':
      return t.done;
    case 'failed':
      return t.failed;
    case 'discarded':
      return t.discarded;
  }
}
