import { secondsToSamples } from '../../src/audio/units.ts';
import type { Language } from '../../src/recognizer/languages.ts';
import type { RecognitionSettings, Work } from '../../src/recognizer/protocol.ts';
import type { StreamingPolicy } from './policy.ts';
import { transcribe, type Recognizer, type Transcription } from './transcribe.ts';
import type { TokenWord } from './words.ts';

/** Past this much audio in the window, committed audio is let go. */
const TRIM_AFTER_SAMPLES = secondsToSamples(15);
/** Committed text that goes along as the prompt when its audio is let go. */
const PREVIOUS_TEXT_TOKENS = 100;

export interface UtterancePass {
  /** New since the last pass. */
  readonly committed: readonly TokenWord[];
  readonly tentative: readonly TokenWord[];
  /** With the first words committed: where the audio began in which they were heard. */
  readonly restatedFrom: number | null;
  readonly keepFromSample: number;
  readonly transcription: Transcription;
}

/**
 * One utterance over its passes: while it grows, each pass decodes it again behind the words that are committed, and the policy
 * says which more to commit; the final pass commits the rest. Committed words are fed as a prefix, so they can never change.
 */
export class Utterance {
  readonly #recognizer: Recognizer;
  readonly #settings: RecognitionSettings;
  readonly #policy: StreamingPolicy;
  readonly #likelyLanguage: Language | null;
  #language: Language | null;
  #committed: TokenWord[] = [];
  #tentative: readonly TokenWord[] = [];

  /** @param likelyLanguage of the utterance before, for when the audio leaves doubt. */
  constructor(recognizer: Recognizer, settings: RecognitionSettings, likelyLanguage: Language | null) {
    this.#likelyLanguage = likelyLanguage;
    this.#recognizer = recognizer;
    this.#settings = settings;
    this.#policy = recognizer.policy();
    this.#language = settings.language === 'auto' ? null : settings.language;
  }

  /** What is spoken, once something was heard. */
  get language(): Language | null {
    return this.#language;
  }

  async pass(work: Extract<Work, { type: 'work' }>, abandoned: () => boolean): Promise<UtterancePass> {
    const final = work.pass === 'final';
    const inWindow = this.#committed.filter((word) => word.endSample > work.startSample);
    const before = this.#committed.slice(0, this.#committed.length - inWindow.length);
    const transcription = await transcribe(this.#recognizer, {
      samples: work.samples,
      startSample: work.startSample,
      speechEndSample: work.speechEndSample,
      // Until something is committed the language may still be mistaken: it is asked again.
      language: this.#committed.length > 0 || this.#settings.language !== 'auto' ? this.#language : null,
      likelyLanguage: this.#likelyLanguage,
      task: this.#settings.task,
      previousText: tokenIds(before).slice(-PREVIOUS_TEXT_TOKENS),
      prefix: inWindow.flatMap(({ tokens }) => tokens),
      draft: tokenIds(this.#tentative),
      fallback: final,
      abandoned,
    });
    const believed = final || (transcription.sound && !transcription.abandoned);
    if (!believed)
      return {
        committed: [],
        tentative: this.#tentative,
        restatedFrom: null,
        keepFromSample: work.startSample,
        transcription,
      };

    this.#language = transcription.language;
    const words = behind(transcription.words, this.#committed.at(-1)?.endSample ?? 0);
    const count = final
      ? words.length
      : this.#policy.observe({ words, endSample: work.startSample + work.samples.length });
    const committed = words.slice(0, count);
    this.#tentative = words.slice(count);
    const restatedFrom = this.#committed.length === 0 && committed.length > 0 ? work.startSample : null;
    this.#committed.push(...committed);
    const keepFromSample = this.#keepFrom(work);
    return { committed, tentative: this.#tentative, restatedFrom, keepFromSample, transcription };
  }

  /** Where the next window begins: behind the last committed sentence, or word, once the window is long. */
  #keepFrom({ startSample, samples }: { startSample: number; samples: Float32Array }): number {
    if (samples.length < TRIM_AFTER_SAMPLES) return startSample;
    const ended = this.#committed.filter((word) => word.endSample > startSample);
    const sentence = ended.findLast((word) => /[.!?。！？]$/.test(word.text));
    return (sentence ?? ended.at(-1))?.endSample ?? startSample;
  }
}

/** Every pass aligns anew: what follows a committed word does not begin before it ends. */
const behind = (words: readonly TokenWord[], sample: number): TokenWord[] =>
  words.map((word) => ({
    ...word,
    startSample: Math.max(word.startSample, sample),
    endSample: Math.max(word.endSample, sample),
  }));

const tokenIds = (words: readonly TokenWord[]): number[] =>
  words.flatMap(({ tokens }) => tokens.map(({ token }) => token));
