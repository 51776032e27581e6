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

/**
 * LocalAgreement-2 (Macháček et al., "Turning Whisper into Real-Time Transcription System", 2023): what two passes in a row agree
 * on, over different amounts of audio, is committed. Words are compared without case and punctuation. Two bounds are ours: two
 * passes close together make the same mistake where audio breaks off, so a word needs `contextMs` of audio behind it as well; and
 * a word that the passes keep spelling anew is not waited for longer than `patienceMs`.
 */
export class LocalAgreement implements StreamingPolicy {
  readonly #contextSamples: number;
  readonly #settled: AlignAtt;
  #previous: readonly string[] = [];

  /**
   * @param contextMs words that end in the last so many milliseconds are not committed yet, 0 to 5,000.
   * @param patienceMs words that ended so long ago are committed without agreement, 0 to 5,000.
   */
  constructor({ contextMs, patienceMs }: { readonly contextMs: number; readonly patienceMs: number }) {
    this.#contextSamples = distance('contextMs', contextMs);
    this.#settled = new AlignAtt(patienceMs);
  }

  observe(hypothesis: Hypothesis): number {
    const { words, endSample } = hypothesis;
    const current = words.map(({ text }) => comparable(text));
    // Nothing heard in audio cut in mid-word carries no information.
    if (current.length === 0) return 0;
    let agreed = 0;
    while (agreed < current.length && current[agreed] === this.#previous[agreed]) agreed++;
    const heard = endingBefore(words, endSample - this.#contextSamples);
    const committed = Math.max(Math.min(agreed, heard), this.#settled.observe(hypothesis));
    this.#previous = current.slice(committed);
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
    return Math.min(endingBefore(words, endSample - this.#frontierSamples), Math.max(words.length - 1, 0));
  }
}

/** How many words, from the first, end at or before a sample. */
function endingBefore(words: readonly TokenWord[], sample: number): number {
  const open = words.findIndex((word) => word.endSample > sample);
  return open < 0 ? words.length : open;
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
