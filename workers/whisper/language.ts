import type { Language } from '../../src/recognizer/languages.ts';
import { softmaxOver } from './logits.ts';
import type { EncodedAudio } from './model.ts';
import type { Recognizer, TranscribeRequest } from './transcribe.ts';

/** Below this a short utterance is taken for what was spoken before it. */
const CLEAR_LANGUAGE = 0.6;

/**
 * The most probable language at the start of transcript (openai/whisper, `detect_language`), among those that it may be.
 * @returns it and its probability among them.
 */
export async function detectLanguage(
  { model, vocabulary }: Pick<Recognizer, 'model' | 'vocabulary'>,
  { likelyLanguage, languages }: Pick<TranscribeRequest, 'likelyLanguage' | 'languages'>,
  audio: EncodedAudio,
): Promise<[Language, number]> {
  const known = [...vocabulary.languages];
  const spoken = known.filter(([language]) => languages.includes(language));
  const among = spoken.length > 0 ? spoken : known;
  const [only] = among;
  if (among.length === 1 && only !== undefined) return [only[0], 1];
  const { logits, cache } = await model.decode([vocabulary.startOfTranscript], null, audio, 0);
  cache.release();
  const shares = softmaxOver(
    logits,
    among.map(([, token]) => token),
  );
  let best: [Language, number] = ['en', 0];
  let likely: [Language, number] | null = null;
  for (const [language, token] of among) {
    const probability = shares.get(token)!;
    if (probability > best[1]) best = [language, probability];
    if (language === likelyLanguage) likely = [language, probability];
  }
  return likely === null || best[1] >= CLEAR_LANGUAGE ? best : likely;
}
