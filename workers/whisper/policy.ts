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
 * on, over different amounts of audio, is committed. Words are compared without case and punctuation.
 */
export class LocalAgreement implements StreamingPolicy {
  #previous: readonly string[] = [];

  observe({ words }: Hypothesis): number {
    const current = words.map(({ text }) => comparable(text));
    // Nothing heard in audio cut in mid-word carries no information.
    if (current.length === 0) return 0;
    let agreed = 0;
    while (agreed < current.length && current[agreed] === this.#previous[agreed]) agreed++;
    this.#previous = current.slice(agreed);
    return agreed;
  }
}

/** As two hypotheses are compared: width, case and punctuation do not count. */
function comparable(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{P}\p{S}\s]+/gu, '');
}
