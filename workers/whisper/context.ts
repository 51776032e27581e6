import type { ModelId } from '../../src/recognizer/models.ts';
import type { ContextSettings } from './transcribe.ts';

/**
 * Whisper was trained on 30 s of context and pays for all of it; the audio and a margin of silence behind it are enough, if the
 * whole is not too short. In positions of 20 ms, per model, as measured on read and spontaneous clips (word error rate against
 * the full context): below these the smaller models begin to repeat themselves.
 */
export const CONTEXT: Readonly<Record<ModelId, ContextSettings>> = {
  tiny: { margin: 300, floor: 900 },
  base: { margin: 150, floor: 400 },
  small: { margin: 150, floor: 400 },
};
