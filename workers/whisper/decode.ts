import type { Glossary } from './glossary.ts';
import { repetition } from './guards.ts';
import { choose, probabilityOf, suppress } from './logits.ts';
import type { EncodedAudio, WhisperModel } from './model.ts';
import type { Vocabulary } from './vocabulary.ts';

export interface DecodeRequest {
  /** From start-of-previous or start-of-transcript to the last task token. */
  readonly prompt: readonly number[];
  /** Text that stands already: it is fed, never questioned. */
  readonly prefix: readonly number[];
  /** A guess at what follows (the last hypothesis): checked in one pass, kept as far as it agrees. Only at temperature 0. */
  readonly draft: readonly number[];
  readonly temperature: number;
  /** Names and terms that are to be expected; `null` for none. */
  readonly glossary: Glossary | null;
  /** Text tokens after the prefix, at most. */
  readonly maxTokens: number;
  readonly random: () => number;
  /** Asked between two decoder steps; `true` ends the decoding at once. */
  readonly abandoned: () => boolean;
}

export interface DecodedToken {
  readonly token: number;
  readonly logProbability: number;
}

export interface Decoded {
  /** What follows the prefix. */
  readonly tokens: readonly DecodedToken[];
  /**
   * Attention while each token of prefix + tokens + the end was predicted: one row each, `[heads, positions]`. One row more
   * than tokens when the text ended by itself.
   */
  readonly attention: readonly Float32Array[];
  /** Probability of no speech at the start of transcript; `null` when the model cannot tell. */
  readonly noSpeech: number | null;
  readonly end: 'end-of-text' | 'length' | 'repetition' | 'abandoned';
}

/**
 * Writes down what the audio says:
 *
 *     feed prompt + prefix + draft in one pass
 *     while the next token is not the end:
 *       agrees with the draft → take it, no step needed
 *       else forget the rest of the draft and feed the token, one step each
 *
 * Greedy at temperature 0 (openai/whisper `GreedyDecoder`), sampling above. Draft verification after Leviathan et al., "Fast
 * Inference from Transformers via Speculative Decoding" (2023), with the last hypothesis as the draft model.
 */
export async function decode(
  model: WhisperModel,
  vocabulary: Vocabulary,
  audio: EncodedAudio,
  request: DecodeRequest,
): Promise<Decoded> {
  const { prompt, prefix, temperature, glossary, random, abandoned } = request;
  const fixed = prompt.length + prefix.length;
  const start = prompt.indexOf(vocabulary.startOfTranscript);
  const limit = Math.min(request.maxTokens, model.maxTokens - fixed - 1);
  if (limit < 1) return { tokens: [], attention: [], noSpeech: null, end: 'length' };
  // The decoder has no positions behind the limit, and nothing would be taken from there.
  const draft = request.draft.slice(0, limit);

  let fed = [...prompt, ...prefix, ...draft];
  let output = await model.decode(fed, null, audio, start);
  const row = (index: number) =>
    output.logits.subarray(index * model.vocabularySize, (index + 1) * model.vocabularySize);
  const heads = output.alignment.length / (fed.length * audio.positions);
  const attentionAt = (index: number): Float32Array => {
    const rows = new Float32Array(heads * audio.positions);
    for (let head = 0; head < heads; head++) {
      const from = (head * fed.length + index) * audio.positions;
      rows.set(output.alignment.subarray(from, from + audio.positions), head * audio.positions);
    }
    return rows;
  };

  const noSpeech = vocabulary.noSpeech === null ? null : probabilityOf(row(0), vocabulary.noSpeech);
  const attention = prefix.map((_, i) => attentionAt(prompt.length - 1 + i));
  const tokens: DecodedToken[] = [];
  const written: number[] = [];
  // Where in `fed` the prediction of the next token stands, and how much of the draft still holds.
  let at = fixed - 1;
  let logitsAt = at - start;
  let drafted = draft.length;
  try {
    for (;;) {
      if (abandoned()) return { tokens, attention, noSpeech, end: 'abandoned' };
      const logits = row(logitsAt);
      suppress(logits, vocabulary, prefix.length + tokens.length === 0);
      const favoured = glossary?.favoured([...prefix, ...written]);
      const { token, logProbability } = choose(logits, temperature, random, favoured);
      attention.push(attentionAt(at));
      if (token === vocabulary.endOfText) return { tokens, attention, noSpeech, end: 'end-of-text' };
      tokens.push({ token, logProbability });
      written.push(token);
      if (repetition(written) > 0) return { tokens, attention, noSpeech, end: 'repetition' };
      if (tokens.length >= limit) return { tokens, attention, noSpeech, end: 'length' };
      if (tokens.length <= drafted && draft[tokens.length - 1] === token) {
        at++;
        logitsAt++;
        continue;
      }
      const right = fixed + tokens.length - 1;
      const cache = output.cache.length > right ? output.cache.cut(right) : output.cache;
      drafted = 0;
      fed = [token];
      const next = await model.decode(fed, cache, audio, 0);
      output.cache.release();
      output = next;
      at = 0;
      logitsAt = 0;
    }
  } finally {
    output.cache.release();
  }
}
