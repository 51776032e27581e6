import type { Phase } from './state.ts';

/** What moves a session on. */
export type PhaseEvent =
  /** A person asks for it. */
  | 'start'
  /** The microphone is open. */
  | 'capturing'
  /** A person asks for it, or the microphone is gone for good. */
  | 'stop'
  /** The last words are here. */
  | 'drained'
  /** The microphone could not be opened, or a thread is lost. */
  | 'fail';

const TRANSITIONS: Readonly<Record<Phase, Partial<Record<PhaseEvent, Phase>>>> = {
  idle: { start: 'starting' },
  starting: { capturing: 'listening', stop: 'draining', fail: 'failed' },
  listening: { stop: 'draining', fail: 'failed' },
  draining: { drained: 'stopped', fail: 'failed' },
  stopped: { start: 'starting' },
  failed: { start: 'starting' },
};

/**
 * The phase after an event; `null` where the event means nothing, which is how a second Start, a second Stop and a late
 * message are ignored: what is done on a transition is done once.
 */
export function next(phase: Phase, event: PhaseEvent): Phase | null {
  return TRANSITIONS[phase][event] ?? null;
}
