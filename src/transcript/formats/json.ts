import { SAMPLE_RATE } from '../../audio/units.ts';
import { committedText, type Segment, type Transcript } from '../transcript.ts';

/** What a transcript of ours says it is, and the version of its layout (docs/transcript-json.md). */
export const JSON_FORMAT = 'sotto-transcript';
/** Raised when a reader of the old layout would misread the new one. */
export const JSON_VERSION = 1;

/**
 * Committed words with their times, for programs and for `json-reader.ts`, which makes the same transcript of them. Times are
 * seconds from the session's start, exact: a sample is 0.0000625 of them.
 */
export function toJson(transcript: Transcript, title: string | null = null): string {
  const segments = transcript.segments.filter(({ committed }) => committed.length > 0).map(written);
  const file = { format: JSON_FORMAT, version: JSON_VERSION, title, sampleRate: SAMPLE_RATE, segments };
  return `${JSON.stringify(file, null, 2)}\n`;
}

function written(segment: Segment) {
  return {
    id: segment.id,
    language: segment.language,
    ...(segment.translatedFrom === undefined ? {} : { translatedFrom: segment.translatedFrom }),
    start: seconds(segment.committed[0]?.startSample ?? segment.startSample),
    end: seconds(segment.committed.at(-1)?.endSample ?? segment.startSample),
    from: seconds(segment.startSample),
    ...(segment.paragraph === undefined ? {} : { paragraph: segment.paragraph }),
    text: committedText(segment),
    words: segment.committed.map(({ text, startSample, endSample, probability }) => ({
      text,
      start: seconds(startSample),
      end: seconds(endSample),
      probability,
    })),
  };
}

const seconds = (sample: number): number => sample / SAMPLE_RATE;
