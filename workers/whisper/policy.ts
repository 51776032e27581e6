import { requireRange } from '../../src/audio/options.ts';
import { msToSamples } from '../../src/audio/units.ts';
import type { TokenWord } from './words.ts';

/** What a tentative pass came to, behind the words that are committed already. */
export interface Hypothesis {
  readonly words: readonly TokenWord[];
  /** Where the audio of the pass ended. */
  readonly endSample: number;
}

/**
 * Decides which words of a growing utterance can be trusted before it ends. One policy instance serves one utterance; pure but
 * for what it remembers of the last hypothesis.
 */
export interface StreamingPolicy {
  /** How many words of the hypothesis to commit now, from its start. */
  observe(hypothesis: Hypothesis): number;
}

/** A word that is less probable may well be another one. */
const SURE = 0.7;

export interface AgreementOptions {
  /** Words that end in the last so many milliseconds are not committed yet, 0 to 5,000. */
  readonly contextMs: number;
  /** Passes in a row that must agree on a word of less than {@link SURE}, 2 to 5; on others it is two. */
  readonly doubtfulPasses: number;
  /** Words that ended so long ago are committed without agreement, 0 to 5,000. */
  readonly patienceMs: number;
}

/**
 * LocalAgreement (Macháček et al., "Turning Whisper into Real-Time Transcription System", 2023): what two passes in a row agree on,
 * over different amounts of audio, is committed. Words are compared without case and punctuation. Three bounds are ours. Two passes
 * close together make the same mistake where audio breaks off, so a word needs `contextMs` of audio behind it as well. A mistake
 * seldom looks probable and seldom survives a third pass, so a doubtful word waits for one more. And a word that the passes keep
 * spelling anew is not waited for longer than `patienceMs`.
 */
export class LocalAgreement implements StreamingPolicy {
  readonly #contextSamples: number;
  readonly #doubtfulPasses: number;
  readonly #settled: AlignAtt;
  /** The last hypotheses, the latest first, behind what is committed. */
  #previous: readonly (readonly string[])[] = [];

  /** @throws RangeError when an option is out of its range. */
  constructor({ contextMs, doubtfulPasses, patienceMs }: AgreementOptions) {
    requireRange('doubtfulPasses', doubtfulPasses, 2, 5);
    this.#contextSamples = distance('contextMs', contextMs);
    this.#doubtfulPasses = doubtfulPasses;
    this.#settled = new AlignAtt(patienceMs);
  }

  observe(hypothesis: Hypothesis): number {
    const { words, endSample } = hypothesis;
    const current = words.map(({ text }) => comparable(text));
    // Nothing heard in audio cut in mid-word carries no information.
    if (current.length === 0) return 0;
    const agreed = this.#previous.map((before) => leading(current, (word, i) => word === before[i]));
    const trusted = leading(words, (word, i) => {
      const passes = 1 + leading(agreed, (count) => count > i);
      const needed = word.probability < SURE ? this.#doubtfulPasses : 2;
      return passes >= needed && word.endSample <= endSample - this.#contextSamples;
    });
    const committed = Math.max(trusted, this.#settled.observe(hypothesis));
    this.#previous = [current, ...this.#previous]
      .slice(0, this.#doubtfulPasses - 1)
      .map((before) => before.slice(committed));
    return committed;
  }
}

/**
 * AlignAtt (Papi et al., "AlignAtt: Using Attention-based Audio-Translation Alignments as a Guide for Simultaneous Speech
 * Translation", 2023; for Whisper, SimulStreaming, 2025): a word is committed as soon as the attention that wrote it looked at audio
 * that lies far enough behind the end, so one pass suffices. Where words end comes from the alignment heads.
 */
export class AlignAtt implements StreamingPolicy {
  readonly #frontierSamples: number;

  /** @param frontierMs words that end in the last so many milliseconds are not committed yet, 0 to 5,000. */
  constructor(frontierMs: number) {
    this.#frontierSamples = distance('frontierMs', frontierMs);
  }

  observe({ words, endSample }: Hypothesis): number {
    // The last word is never safe: its own end is where the text ends.
    const heard = leading(words, (word) => word.endSample <= endSample - this.#frontierSamples);
    return Math.min(heard, Math.max(words.length - 1, 0));
  }
}

/** How many, from the first, are all so. */
function leading<T>(all: readonly T[], so: (item: T, index: number) => boolean): number {
  const other = all.findIndex((item, i) => !so(item, i));
  return other < 0 ? all.length : other;
}

function distance(name: string, ms: number): number {
  requireRange(name, ms, 0, 5_000);
  return msToSamples(ms);
}

/** As two hypotheses are compared: width, case and punctuation do not count. */
function comparable(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{P}\p{S}\s]+/gu, '');
}
