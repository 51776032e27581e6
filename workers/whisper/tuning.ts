import type { ModelId } from '../../src/recognizer/models.ts';
import type { Pass } from '../../src/recognizer/protocol.ts';
import { LocalAgreement, type StreamingPolicy } from './policy.ts';
import type { ContextSettings } from './transcribe.ts';

export interface Tuning {
  /**
   * Whisper was trained on 30 s of context and pays for all of it; the audio and a margin of silence behind it are enough, if the
   * whole is not too short: below these the smaller models begin to repeat themselves. A tentative pass may risk that, for the next
   * one hears it all again. In positions of 20 ms.
   */
  readonly context: Readonly<Record<Pass, ContextSettings>>;
  /**
   * By how much attention runs ahead of the sound, in milliseconds: with it the starts of words have no bias against known times
   * (tiny: 92 → 49 ms off in the median, base: 70 → 46 ms, with pauses taken out). Small is not measured.
   */
  readonly attentionLeadMs: number;
  /** Made anew for each utterance. */
  readonly policy: () => StreamingPolicy;
}

/**
 * docs/streaming.md has what was tried. A third pass about doubtful words takes what is committed wrong from 4.5 to 2.0 % of the words
 * of hard English clips, and from 5.7 to 1.9 % of the characters of Japanese ones; more context instead does not.
 */
const AGREEMENT = { contextMs: 800, doubtfulPasses: 3, patienceMs: 4000 };

const both = (context: ContextSettings): Tuning['context'] => ({ tentative: context, final: context });

/** What was found best for each model by measurement (`npm run evaluate`, live and file). */
export const TUNING: Readonly<Record<ModelId, Tuning>> = {
  tiny: {
    // On the simulated clock, tentative passes with the floor of the final ones: 19.7 instead of 19.5 %, at 2.0 instead of 1.7 s.
    context: { tentative: { margin: 200, floor: 450 }, final: { margin: 300, floor: 900 } },
    attentionLeadMs: -70,
    policy: () => new LocalAgreement(AGREEMENT),
  },
  base: {
    context: both({ margin: 150, floor: 400 }),
    attentionLeadMs: 40,
    policy: () => new LocalAgreement(AGREEMENT),
  },
  small: {
    context: both({ margin: 150, floor: 400 }),
    attentionLeadMs: 0,
    policy: () => new LocalAgreement(AGREEMENT),
  },
};
