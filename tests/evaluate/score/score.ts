import { align } from './align.ts';
import { divideAsIn } from './compounds.ts';
import { countWords, isScoredByCharacter, unitsOf } from './normalise.ts';

/** What was said in a clip: `''` when nobody speaks, `null` when no one wrote it down. */
export interface Reference {
  readonly language: string;
  readonly text: string | null;
  /** Other correct ways to write it; the kindest counts. */
  readonly textAlternatives?: readonly string[];
}

export interface Score {
  /** Words or characters that differ; on a clip without speech, the words heard. `null` without a reference. */
  readonly errors: number | null;
  /** Words or characters of the reference. */
  readonly units: number | null;
  /** errors / units: a word error rate, or a character error rate where the language is scored so. */
  readonly wer: number | null;
  readonly wordsLostAtStop: number | null;
  readonly byCharacter: boolean;
}

export function score(reference: Reference, heard: string): Score {
  const { language, text, textAlternatives = [] } = reference;
  const byCharacter = isScoredByCharacter(language);
  if (text === null) return { errors: null, units: null, wer: null, wordsLostAtStop: null, byCharacter };
  if (text === '') return { errors: countWords(heard), units: 0, wer: null, wordsLostAtStop: null, byCharacter };
  const heardUnits = unitsOf(heard, language);
  const scores = [text, ...textAlternatives].map((candidate) => {
    const units = unitsOf(candidate, language);
    const { errors, trailingDeletions } = align(units, byCharacter ? heardUnits : divideAsIn(units, heardUnits));
    return {
      errors,
      units: units.length,
      wer: units.length === 0 ? null : errors / units.length,
      wordsLostAtStop: trailingDeletions,
      byCharacter,
    };
  });
  return scores.reduce((best, other) => ((other.wer ?? Infinity) < (best.wer ?? Infinity) ? other : best));
}
