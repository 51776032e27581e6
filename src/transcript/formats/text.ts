import { joint, paragraphsOf } from '../paragraphs.ts';
import { committedText } from '../transcript.ts';
import type { Transcript } from '../transcript.ts';
import { clean } from './clean.ts';

/** Committed text for reading: one paragraph per long pause, an empty line between them, a line break at the end. */
export function toText(transcript: Transcript): string {
  const paragraphs = paragraphsOf(transcript)
    .map(({ segments }) =>
      segments
        .map((segment) => clean(committedText(segment)))
        .reduce((text, next) => (next === '' ? text : text + joint(text, next) + next), ''),
    )
    .filter((text) => text !== '');
  return paragraphs.length === 0 ? '' : `${paragraphs.join('\n\n')}\n`;
}
