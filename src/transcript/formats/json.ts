import { SAMPLE_RATE } from '../../audio/units.ts';
import { committedText } from '../transcript.ts';
import type { Transcript } from '../transcript.ts';

/** Version of the layout below: raised when a reader of the old one would misread the new one. */
const VERSION = 1;

/**
 * Committed words with their times, for programs: `{format, version, sampleRate, segments: [{id, language, start, end, text,
 * words: [{text, start, end, probability}]}]}`. Times are seconds from the session's start, made from sample indices.
 */
export function toJson(transcript: Transcript): string {
  const segments = transcript.segments
    .filter(({ committed }) => committed.length > 0)
    .map((segment) => ({
      id: segment.id,
      language: segment.language,
      start: seconds(segment.committed[0]?.startSample ?? segment.startSample),
      end: seconds(segment.committed.at(-1)?.endSample ?? segment.startSample),
      text: committedText(segment),
      words: segment.committed.map(({ text, startSample, endSample, probability }) => ({
        text,
        start: seconds(startSample),
        end: seconds(endSample),
        probability: Math.round(probability * 1000) / 1000,
      })),
    }));
  return `${JSON.stringify({ format: 'sotto-transcript', version: VERSION, sampleRate: SAMPLE_RATE, segments }, null, 2)}\n`;
}

const seconds = (sample: number): number => Math.round((sample * 1000) / SAMPLE_RATE) / 1000;
