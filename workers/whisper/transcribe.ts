import type { Language, Task } from '../../src/recognizer/languages.ts';
import type { Pass } from '../../src/recognizer/protocol.ts';
import { SAMPLE_RATE, samplesToSeconds } from '../../src/audio/units.ts';
import { alignTokens } from './alignment.ts';
import { decode, type Decoded, type DecodedToken } from './decode.ts';
import {
  compressionRatio,
  echoes,
  MAX_COMPRESSION_RATIO,
  MAX_NO_SPEECH,
  maxTokensFor,
  MIN_MEAN_LOG_PROBABILITY,
  repetition,
  tooFewTokens,
} from './guards.ts';
import type { Glossary } from './glossary.ts';
import { detectLanguage } from './language.ts';
import { FRAMES_PER_POSITION, MAX_FRAMES, SAMPLES_PER_POSITION, type LogMel } from './log-mel.ts';
import type { EncodedAudio, WhisperModel } from './model.ts';
import type { StreamingPolicy } from './policy.ts';
import { Stopwatch } from './stopwatch.ts';
import type { Vocabulary } from './vocabulary.ts';
import { toWords, type TokenWord } from './words.ts';

/** How much context a model needs beside the audio itself. */
export interface ContextSettings {
  /** Positions encoded beyond the audio. */
  readonly margin: number;
  /** Positions encoded at least. */
  readonly floor: number;
}

/** A loaded model with what belongs to it. */
export interface Recognizer {
  readonly model: WhisperModel;
  readonly vocabulary: Vocabulary;
  readonly logMel: LogMel;
  readonly context: Readonly<Record<Pass, ContextSettings>>;
  /** By how much its attention runs ahead of the sound; below 0 it lags behind. */
  readonly attentionLeadMs: number;
  /** Made anew for each utterance. */
  readonly policy: () => StreamingPolicy;
}

export interface TranscribeRequest {
  /** Mono, 16 kHz, at most 30 s. */
  readonly samples: Float32Array;
  /** Sample index of `samples[0]`. */
  readonly startSample: number;
  /** Sample index behind which no speech was heard. */
  readonly speechEndSample: number;
  /** `null`: heard from the audio. */
  readonly language: Language | null;
  /** What was spoken before, believed while the audio leaves doubt; `null` when nothing was. */
  readonly likelyLanguage: Language | null;
  /** Among which it is heard; empty: all. */
  readonly languages: readonly Language[];
  readonly task: Task;
  /** Names and terms that are to be expected; `null` for none. */
  readonly glossary: Glossary | null;
  /** Text before this audio, as tokens, and what else leads the decoder on; may be empty. */
  readonly previousText: readonly number[];
  readonly prefix: readonly DecodedToken[];
  readonly draft: readonly number[];
  /** A final pass answers a guard's hit by decoding again. */
  readonly pass: Pass;
  /** In place of what the model is tuned to. */
  readonly context?: ContextSettings;
  readonly abandoned: () => boolean;
}

export interface Transcription {
  readonly language: Language;
  /** Probability of the language among all; 1 when it was given. */
  readonly languageProbability: number;
  /** Behind the prefix. */
  readonly words: readonly TokenWord[];
  readonly abandoned: boolean;
  /** The text came to an end by itself and does not repeat: good enough to be shown for a moment. */
  readonly legible: boolean;
  /** Probable enough to be no guess. */
  readonly likely: boolean;
  /** No guard objected: what a tentative pass needs for words to be committed. */
  readonly sound: boolean;
  readonly melMs: number;
  readonly encoderMs: number;
  readonly decoderMs: number;
  readonly tokenCount: number;
  readonly fallbacks: number;
}

/** How a pass is tried: greedily with the short context first, then with the full one, then by drawing. */
const ATTEMPTS = [
  { fullContext: false, temperature: 0 },
  { fullContext: true, temperature: 0 },
  { fullContext: true, temperature: 0.4 },
  { fullContext: true, temperature: 0.8 },
] as const;

/**
 * One pass over one piece of audio: log-mel, encoder, language, decoder, checks, and again with more context or a higher
 * temperature when a check fails (openai/whisper, `decode_with_fallback`), then times for the words.
 */
export async function transcribe(recognizer: Recognizer, request: TranscribeRequest): Promise<Transcription> {
  const { model, vocabulary, logMel } = recognizer;
  const { samples } = request;
  const heard = Math.min(Math.ceil(samples.length / SAMPLES_PER_POSITION), MAX_FRAMES / FRAMES_PER_POSITION);
  const random = seededRandom(samples.length);
  const clock = new Stopwatch();
  let encoded: { audio: EncodedAudio; full: boolean } | null = null;
  let language = request.language;
  let languageProbability = 1;
  let best: Candidate | null = null;
  let fallbacks = -1;
  let tokenCount = 0;

  try {
    for (const { fullContext, temperature } of request.pass === 'final' ? ATTEMPTS : ATTEMPTS.slice(0, 1)) {
      // Little text that is clear and probable: drawing at random would only invent more.
      if (temperature > 0 && best?.legible === true && best.likely) break;
      // The short context was the full one: the same pass again would end the same.
      if (fallbacks === 0 && temperature === 0 && encoded?.full === true) continue;
      if (encoded === null || (fullContext && !encoded.full)) {
        const positions = fullContext
          ? MAX_FRAMES / FRAMES_PER_POSITION
          : positionsFor(heard, request.context ?? recognizer.context[request.pass]);
        const mel = logMel.compute(samples, positions * FRAMES_PER_POSITION);
        clock.lap('mel');
        encoded?.audio.release();
        encoded = {
          audio: await model.encode(mel, positions * FRAMES_PER_POSITION),
          full: positions * FRAMES_PER_POSITION === MAX_FRAMES,
        };
        clock.lap('encoder');
      }
      if (request.abandoned()) break;
      if (language === null) [language, languageProbability] = await detectLanguage(recognizer, request, encoded.audio);
      fallbacks++;
      // What was said before may be what leads astray.
      const previousText = fallbacks === 0 ? request.previousText : [];
      const decoded = await decode(model, vocabulary, encoded.audio, {
        prompt: promptFor(vocabulary, language, request.task, previousText),
        prefix: request.prefix.map(({ token }) => token),
        draft: fallbacks === 0 ? request.draft : [],
        temperature,
        glossary: request.glossary,
        maxTokens: maxTokensFor(samples.length / SAMPLE_RATE),
        random,
        abandoned: request.abandoned,
      });
      clock.lap('decoder');
      tokenCount += decoded.tokens.length;
      const candidate = await examine(vocabulary, { ...request, previousText }, decoded, encoded.audio.positions);
      // Names alone may be an echo of the prompt: without it nothing would be heard.
      if (best === null || (best.recital ? candidate.silent : better(candidate, best))) best = candidate;
      if (candidate.sound || decoded.end === 'abandoned') break;
    }
  } finally {
    encoded?.audio.release();
  }

  const words = best === null || best.silent ? [] : timedWords(vocabulary, language ?? 'en', request, best, heard);
  return {
    language: language ?? 'en',
    languageProbability,
    words,
    abandoned: best === null || best.decoded.end === 'abandoned',
    legible: best?.legible ?? false,
    likely: best?.likely ?? false,
    sound: best?.sound ?? false,
    melMs: clock.total('mel'),
    encoderMs: clock.total('encoder'),
    decoderMs: clock.total('decoder'),
    tokenCount,
    fallbacks: Math.max(fallbacks, 0),
  };
}

function positionsFor(heard: number, { margin, floor }: ContextSettings): number {
  return Math.min(MAX_FRAMES / FRAMES_PER_POSITION, Math.max(floor, heard + margin));
}

/** `[<|startofprev|> …previous text] <|startoftranscript|> <|language|> <|task|> <|notimestamps|>` */
function promptFor(vocabulary: Vocabulary, language: Language, task: Task, previousText: readonly number[]): number[] {
  const languageToken = vocabulary.languages.get(language);
  return [
    ...(previousText.length > 0 ? [vocabulary.startOfPrevious, ...previousText] : []),
    vocabulary.startOfTranscript,
    // English is not translated into English: it is only written better when it is told so.
    ...(languageToken === undefined ? [] : [languageToken, vocabulary[language === 'en' ? 'transcribe' : task]]),
    vocabulary.noTimestamps,
  ];
}

interface Candidate {
  readonly decoded: Decoded;
  readonly positions: number;
  readonly meanLogProbability: number;
  readonly legible: boolean;
  readonly likely: boolean;
  /** As much text as the speech could hold. */
  readonly complete: boolean;
  /** Terms of the glossary and nothing else, behind a prompt of them. */
  readonly recital: boolean;
  /** No guard objects. */
  readonly sound: boolean;
  /** Nothing was said. */
  readonly silent: boolean;
}

async function examine(
  vocabulary: Vocabulary,
  { prefix, glossary, previousText, startSample, speechEndSample }: TranscribeRequest,
  decoded: Decoded,
  positions: number,
): Promise<Candidate> {
  const { tokens, noSpeech, end } = decoded;
  const all = [...prefix, ...tokens];
  const meanLogProbability = all.reduce((sum, { logProbability }) => sum + logProbability, 0) / Math.max(all.length, 1);
  const text = vocabulary.decode(all.map(({ token }) => token));
  const ratio = await compressionRatio(text);
  const likely = meanLogProbability >= MIN_MEAN_LOG_PROBABILITY;
  const quiet = noSpeech !== null && noSpeech > MAX_NO_SPEECH;
  const silent = tokens.length === 0 || (quiet && !likely);
  const complete = quiet || !tooFewTokens(all.length, samplesToSeconds(speechEndSample - startSample));
  const echo =
    prefix.length === 0 &&
    echoes(
      tokens.map(({ token }) => token),
      previousText,
    );
  const legible = end === 'end-of-text' && ratio <= MAX_COMPRESSION_RATIO && !echo;
  const recital = legible && previousText.length > 0 && glossary?.recites(text) === true;
  return {
    decoded,
    positions,
    meanLogProbability,
    silent,
    legible,
    likely,
    complete,
    recital,
    sound: complete && (silent || (legible && likely && !recital)),
  };
}

/** Which of two is to be kept: by what the guards say, gravest first, then the more probable one. */
function better(candidate: Candidate, best: Candidate): boolean {
  for (const virtue of ['sound', 'legible', 'complete'] as const) {
    if (candidate[virtue] !== best[virtue]) return candidate[virtue];
  }
  return candidate.meanLogProbability > best.meanLogProbability;
}

function timedWords(
  vocabulary: Vocabulary,
  language: Language,
  request: TranscribeRequest,
  { decoded, positions }: Candidate,
  heard: number,
): TokenWord[] {
  const kept = withoutRepetition(decoded);
  const starts = alignTokens(decoded.attention, positions, heard);
  const own = starts.slice(request.prefix.length, request.prefix.length + kept.length + 1);
  if (own.length === kept.length) own.push(heard);
  return toWords(vocabulary, request.task === 'translate' ? 'en' : language, kept, own, request.startSample);
}

/** The tokens, with a phrase that repeated to the end left standing once. */
function withoutRepetition({ tokens, end }: Decoded): Decoded['tokens'] {
  if (end !== 'repetition') return tokens;
  const ids = tokens.map(({ token }) => token);
  const period = repetition(ids);
  let length = ids.length;
  while (length > period && ids[length - 1] === ids[length - 1 - period]) length--;
  return tokens.slice(0, length);
}

/** Uniform numbers in [0, 1), the same for the same seed, so that a pass can be repeated (mulberry32, Tommy Ettinger, 2017). */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
