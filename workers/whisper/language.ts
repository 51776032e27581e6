import type { Language } from '../../src/recognizer/languages.ts';
import { softmaxOver } from './logits.ts';
import type { EncodedAudio } from './model.ts';
import type { Recognizer } from './transcribe.ts';

/** Below this a short utterance is taken for what was spoken before it. */
const CLEAR_LANGUAGE = 0.6;

/** The most probable language at the start of transcript (openai/whisper, `detect_language`). */
export async function detectLanguage(
  { model, vocabulary }: Pick<Recognizer, 'model' | 'vocabulary'>,
  likely: Language | null,
  audio: EncodedAudio,
): Promise<[Language, number]> {
  const { logits } = await model.decode([vocabulary.startOfTranscript], null, audio, 0);
  const probabilities = softmaxOver(logits, vocabulary.languages.values());
  let best: [Language, number] = ['en', 0];
  for (const [language, token] of vocabulary.languages) {
    const probability = probabilities.get(token)!;
    if (probability > best[1]) best = [language, probability];
  }
  if (likely === null || best[1] >= CLEAR_LANGUAGE) return best;
  return [likely, probabilities.get(vocabulary.languages.get(likely)!) ?? 0];
}
