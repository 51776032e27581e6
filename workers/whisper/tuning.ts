import type { ModelId } from '../../src/recognizer/models.ts';
import { LocalAgreement, type StreamingPolicy } from './policy.ts';
import type { ContextSettings } from './transcribe.ts';

export interface Tuning {
  /**
   * Whisper was trained on 30 s of context and pays for all of it; the audio and a margin of silence behind it are enough, if the
   * whole is not too short: below these the smaller models begin to repeat themselves. In positions of 20 ms.
   */
  readonly context: ContextSettings;
  /** Made anew for each utterance. */
  readonly policy: () => StreamingPolicy;
}

/** What was found best for each model by measurement (`npm run evaluate`, live and file). */
export const TUNING: Readonly<Record<ModelId, Tuning>> = {
  tiny: { context: { margin: 300, floor: 900 }, policy: () => new LocalAgreement(2500) },
  base: { context: { margin: 150, floor: 400 }, policy: () => new LocalAgreement(2500) },
  small: { context: { margin: 150, floor: 400 }, policy: () => new LocalAgreement(2500) },
};
