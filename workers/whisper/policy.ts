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
 * on, over different amounts of audio, is committed. Words are compared without case and punctuation. A word that the passes keep
 * spelling anew is not waited for longer than `patienceMs`.
 */
export class LocalAgreement implements StreamingPolicy {
  readonly #settled: AlignAtt;
  #previous: readonly string[] = [];

  /** @param patienceMs words that ended so long ago are committed without agreement, 0 to 5,000. */
  constructor(patienceMs: number) {
    this.#settled = new AlignAtt(patienceMs);
  }

  observe(hypothesis: Hypothesis): number {
    const current = hypothesis.words.map(({ text }) => comparable(text));
    // Nothing heard in audio cut in mid-word carries no information.
    if (current.length === 0) return 0;
    let agreed = 0;
    while (agreed < current.length && current[agreed] === this.#previous[agreed]) agreed++;
    const committed = Math.max(agreed, this.#settled.observe(hypothesis));
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
    if (!(frontierMs >= 0 && frontierMs <= 5000))
      throw new RangeError(`frontierMs: ${frontierMs} is not within 0…5000`);
    this.#frontierSamples = msToSamples(frontierMs);
  }

  observe({ words, endSample }: Hypothesis): number {
    const open = words.findIndex((word) => word.endSample > endSample - this.#frontierSamples);
    // The last word is never safe: its own end is where the text ends.
    return open < 0 ? Math.max(words.length - 1, 0) : open;
  }
}

/** As two hypotheses are compared: width, case and punctuation do not count. */
function comparable(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{P}\p{S}\s]+/gu, '');
}
