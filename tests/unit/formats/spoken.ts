import { secondsToSamples } from '../../../src/audio/units.ts';
import type { Language } from '../../../src/recognizer/languages.ts';
import type { Segment, Transcript } from '../../../src/transcript/transcript.ts';
import type { Word } from '../../../src/transcript/word.ts';

interface Spoken {
  readonly text: string;
  readonly at: number;
  readonly language?: Language;
  readonly secondsPerWord?: number;
  readonly tentative?: string;
}

/** Segments as recognition makes them: words with the space before them, single characters in Japanese. */
export function transcriptOf(...spoken: readonly Spoken[]): Transcript {
  return { segments: spoken.map((line, index) => segmentOf(line, index)) };
}

function segmentOf(
  { text, at, language = 'en', secondsPerWord = 0.3, tentative = '' }: Spoken,
  index: number,
): Segment {
  const committed = wordsOf(text, language, at, secondsPerWord);
  const end = at + committed.length * secondsPerWord;
  return {
    id: `1.${index}`,
    startSample: secondsToSamples(at),
    language,
    committed,
    tentative: wordsOf(tentative, language, end, secondsPerWord),
    final: tentative === '',
  };
}

function wordsOf(text: string, language: Language, at: number, secondsPerWord: number): Word[] {
  const parts =
    language === 'ja' || language === 'zh' ? [...text] : (text.match(/\S+/g) ?? []).map((word) => ` ${word}`);
  return parts.map((part, index) => ({
    text: part,
    startSample: secondsToSamples(at + index * secondsPerWord),
    endSample: secondsToSamples(at + (index + 1) * secondsPerWord),
    probability: 0.9,
  }));
}
