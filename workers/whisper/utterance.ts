import { secondsToSamples } from '../../src/audio/units.ts';
import type { Language } from '../../src/recognizer/languages.ts';
import type { RecognitionSettings, Work } from '../../src/recognizer/protocol.ts';
import type { Glossary } from './glossary.ts';
import type { StreamingPolicy } from './policy.ts';
import { toSoundEdges } from './sound-edges.ts';
import { fillHoles } from './holes.ts';
import { recallTerms } from './recall.ts';
import { transcribe, type Recognizer, type TranscribeRequest, type Transcription } from './transcribe.ts';
import type { TokenWord } from './words.ts';

type SpeechWork = Extract<Work, { type: 'work' }>;

/** Past this much audio in the window, committed audio is let go. */
const TRIM_AFTER_SAMPLES = secondsToSamples(15);
/** Committed text that goes along as the prompt when its audio is not in the window. */
const PREVIOUS_TEXT_TOKENS = 100;
/** After a longer pause something else may be meant: what was said before it says nothing about what follows. */
const SAME_TOPIC_SAMPLES = secondsToSamples(5);
/** A word that ends so shortly before a cut may be half a word: the next utterance, which hears all of it, has the say. */
const DOUBTFUL_BEFORE_CUT_SAMPLES = secondsToSamples(1);

export interface UtterancePass {
  /** New since the last pass. */
  readonly committed: readonly TokenWord[];
  readonly tentative: readonly TokenWord[];
  /** With the first words committed: where the audio began in which they were heard. */
  readonly restatedFrom: number | null;
  readonly keepFromSample: number;
  readonly transcription: Transcription;
}

/** What an utterance knows of the one before it. */
export interface Previous {
  readonly language: Language | null;
  /** Its last tokens; none when they are doubtful. */
  readonly text: readonly number[];
  readonly endSample: number;
  /** Committed words whose audio the next utterance hears again; none unless speech was cut. They are not in `text`. */
  readonly shared: readonly TokenWord[];
}

/**
 * One utterance over its passes: while it grows, each pass decodes it again behind the words that are committed, and the policy
 * says which more to commit; the final pass commits the rest. Committed words are fed as a prefix, so they can never change.
 */
export class Utterance {
  readonly #recognizer: Recognizer;
  readonly #settings: RecognitionSettings;
  readonly #policy: StreamingPolicy;
  readonly #previous: Previous | null;
  readonly #glossary: Glossary | null;
  #language: Language | null;
  /** A guard objected to its text: it would lead the next utterance astray. */
  #doubtful = false;
  /** Begins with the words it shares with the one before: committed there, so that here they are only heard. */
  #committed: TokenWord[];
  #tentative: readonly TokenWord[] = [];
  #restated = false;
  #continuesFrom: number | null = null;

  /**
   * @param previous what was said before: it leads the decoder on, and tells the language when the audio leaves doubt.
   * @param glossary of the settings' terms; `null` without any.
   */
  constructor(
    recognizer: Recognizer,
    settings: RecognitionSettings,
    previous: Previous | null,
    glossary: Glossary | null,
  ) {
    this.#previous = previous;
    this.#glossary = glossary;
    this.#recognizer = recognizer;
    this.#settings = settings;
    this.#policy = recognizer.policy();
    this.#committed = [...(previous?.shared ?? [])];
    const known = this.#committed.length > 0 ? (previous?.language ?? null) : null;
    this.#language = settings.language === 'auto' ? known : settings.language;
  }

  /** Whether words of its own are committed: what is set after that is not for it. */
  get begun(): boolean {
    return this.#committed.length > (this.#previous?.shared.length ?? 0);
  }

  /** What the next utterance may know of this one. */
  get memory(): Previous {
    const from = this.#continuesFrom ?? Infinity;
    const own = this.#committed.filter(({ endSample }) => endSample <= from);
    return {
      language: this.#language,
      text: this.#doubtful ? [] : tokenIds(own).slice(-PREVIOUS_TEXT_TOKENS),
      endSample: this.#committed.at(-1)?.endSample ?? -Infinity,
      shared: this.#committed.slice(own.length),
    };
  }

  async pass(work: SpeechWork, abandoned: () => boolean): Promise<UtterancePass> {
    const final = work.pass === 'final';
    const inWindow = this.#committed.filter((word) => word.endSample > work.startSample);
    const before = this.#committed.slice(0, this.#committed.length - inWindow.length);
    const request: TranscribeRequest = {
      samples: work.samples,
      startSample: work.startSample,
      speechEndSample: work.speechEndSample,
      // Until something is committed the language may still be mistaken: it is asked again.
      language: this.#committed.length > 0 || this.#settings.language !== 'auto' ? this.#language : null,
      likelyLanguage: this.#previous?.language ?? null,
      languages: this.#settings.languages,
      task: this.#settings.task,
      glossary: this.#glossary,
      previousText: this.#leadIn(work.startSample, before),
      prefix: inWindow.flatMap(({ tokens }) => tokens),
      draft: tokenIds(this.#tentative),
      pass: work.pass,
      ...(work.margin !== undefined && { context: { margin: work.margin, floor: 0 } }),
      abandoned,
    };
    const pass = (part: TranscribeRequest) => transcribe(this.#recognizer, part);
    const first = await recallTerms(pass, request, [...inWindow, ...this.#tentative]);
    const transcription = final ? await fillHoles(pass, request, first) : first;
    const shown = final || (transcription.legible && !transcription.abandoned);
    if (!shown)
      return {
        committed: [],
        tentative: this.#tentative,
        restatedFrom: null,
        keepFromSample: work.startSample,
        transcription,
      };

    this.#language = transcription.language;
    if (final) {
      this.#doubtful = transcription.fallbacks > 0;
      this.#continuesFrom = work.continuesFrom;
    }
    const { attentionLeadMs } = this.#recognizer;
    const heard = toSoundEdges(transcription.words, work.samples, work.startSample, attentionLeadMs);
    const words = behind(heard, this.#committed.at(-1)?.endSample ?? 0);
    const count = final ? wholeWords(words, work) : this.#trusted(words, work, transcription);
    const committed = words.slice(0, count);
    this.#tentative = final ? [] : words.slice(count);
    const restatedFrom = !this.#restated && committed.length > 0 ? work.startSample : null;
    this.#restated ||= committed.length > 0;
    this.#committed.push(...committed);
    const keepFromSample = nextWindow(this.#committed, work.startSample, work.startSample + work.samples.length);
    return { committed, tentative: this.#tentative, restatedFrom, keepFromSample, transcription };
  }

  /** How many words of a tentative pass are committed: none of a guess. */
  #trusted(words: readonly TokenWord[], { startSample, samples }: SpeechWork, { sound }: Transcription): number {
    return sound ? this.#policy.observe({ words, endSample: startSample + samples.length }) : 0;
  }

  /** The committed text before the window: this utterance's own, else the last one's. */
  #leadIn(startSample: number, before: readonly TokenWord[]): readonly number[] {
    if (before.length > 0) return tokenIds(before).slice(-PREVIOUS_TEXT_TOKENS);
    const { text, endSample } = this.#previous ?? { text: [], endSample: -Infinity };
    return startSample - endSample <= SAME_TOPIC_SAMPLES ? text : [];
  }
}

/**
 * Where the next window begins. Once this one is long: behind the last committed sentence, if that leaves a short one, else behind
 * the last committed word.
 */
export function nextWindow(committed: readonly TokenWord[], startSample: number, endSample: number): number {
  const short = endSample - TRIM_AFTER_SAMPLES;
  if (startSample > short) return startSample;
  const sentence = committed.findLast((word) => word.endSample > short && /[.!?。！？]$/.test(word.text));
  return Math.max(startSample, (sentence ?? committed.at(-1))?.endSample ?? startSample);
}

/** How many words are not to be heard again, and better, in the next utterance: all of them unless speech was cut. */
function wholeWords(words: readonly TokenWord[], { startSample, samples, continuesFrom }: SpeechWork): number {
  if (continuesFrom === null) return words.length;
  const sure = startSample + samples.length - DOUBTFUL_BEFORE_CUT_SAMPLES;
  const doubtful = words.findIndex((word) => word.startSample >= continuesFrom && word.endSample > sure);
  return doubtful < 0 ? words.length : doubtful;
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
