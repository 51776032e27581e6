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

/**
 * On 24 English clips, live, base (file mode: 12.1 %): agreement alone 15.9 % of words wrong at a median lag of 1.7 s; with a
 * second of context 14.1 % at 2.0 s; AlignAtt with 1.3 s of context 15.2 % at 2.2 s. Asking for more context where a word is less
 * probable cost lag and saved nothing.
 */
const AGREEMENT = { contextMs: 1000, patienceMs: 3500 };

/** What was found best for each model by measurement (`npm run evaluate`, live and file). */
export const TUNING: Readonly<Record<ModelId, Tuning>> = {
  tiny: { context: { margin: 300, floor: 900 }, policy: () => new LocalAgreement(AGREEMENT) },
  base: { context: { margin: 150, floor: 400 }, policy: () => new LocalAgreement(AGREEMENT) },
  small: { context: { margin: 150, floor: 400 }, policy: () => new LocalAgreement(AGREEMENT) },
};
