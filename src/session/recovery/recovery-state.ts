/** What the view draws of recordings that broke off, and may call. Types only. */

export type RecoveryPhase =
  | 'offered'
  /** Another recording has the recogniser. */
  | 'waiting'
  | 'transcribing'
  | 'done'
  | 'failed'
  | 'discarded';

/** A recording whose tab died: sound and text up to then are on disk. */
export interface RecoveryOffer {
  /** Of the session in the library. */
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Its first words; empty when none were written yet. */
  readonly opening: string;
  readonly durationMs: number;
  /** How far it is written down. */
  readonly positionMs: number;
  readonly phase: RecoveryPhase;
  /** Put away, or never put forward: spoken of on its own page only. */
  readonly aside: boolean;
}

export interface RecoveryState {
  /** The latest first. */
  readonly offers: readonly RecoveryOffer[];
  /** Its sound, as a file that can be played; `null` when it is gone. */
  sound(id: string): Promise<Blob | null>;
  /** Writes down what is left, behind the text that is there. */
  transcribe(id: string): void;
  /** What is written until then is kept. */
  pause(id: string): void;
  discard(id: string): Promise<void>;
  /** Takes a {@link discard} back. */
  undo(id: string): Promise<void>;
  /** Puts it away for this visit; on its own page in the library it is offered as before. */
  dismiss(id: string): void;
}

/** The part of the app that brings recordings back is loaded when there is something to bring back. */
export interface RecoveryEntrance {
  readonly current: RecoveryState | null;
  /** Offers this one on its own page, if it broke off. Rejects where the code for that cannot be had. */
  offer(id: string): Promise<void>;
}
