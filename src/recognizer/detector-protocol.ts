/** What the speech worker asks of the voice detector, which has a worker of its own. Types only, as in `protocol.ts`. */
import type { Failure } from '../platform/failure.ts';

/**
 * Audio in which the detector is to hear where somebody speaks: whole windows, as many as wait, one message at a time (the next one
 * follows the answer). Audio that does not begin where the last of its session ended is heard as if nothing had come before it.
 */
export interface ToHear {
  readonly epoch: number;
  /** Sample index of `samples[0]`. */
  readonly startSample: number;
  /** Mono, 16 kHz, windows of `WINDOW_SAMPLES`. The buffer is transferred. */
  readonly samples: Float32Array<ArrayBuffer>;
}

export type Heard =
  /** Nothing is asked before. */
  | { readonly type: 'ready'; readonly loadMs: number }
  /** The detector could not be had; it is tried again. */
  | { readonly type: 'failed'; readonly failure: Failure }
  /** The answer: how likely somebody speaks, 0 to 1, for each window. The buffer is transferred. */
  | { readonly type: 'heard'; readonly probabilities: Float32Array }
  /** The answer of a detector that is of no use any more. */
  | { readonly type: 'broken'; readonly detail: string };

/** The worker has begun, and holds this Web Lock until its end. Everything else it says to the speech worker. */
export interface DetectorEvent {
  readonly type: 'alive';
  readonly lock: string;
}

export interface DetectorApi {
  /** Once. Loads the detector, and again where that fails; says `ready` on the speech worker's port. */
  init(speech: MessagePort, events: MessagePort): void;
}
