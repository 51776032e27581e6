import type { Transcript } from '../transcript.ts';
import { readableParagraphs } from './readable.ts';
import { clockTime } from './time.ts';

/**
 * Committed text for reading: one paragraph per long pause, an empty line between them, a line break at the end.
 * @param times whether each paragraph begins with its time, `[00:01:02]`.
 */
export function toText(transcript: Transcript, times = false): string {
  const paragraphs = readableParagraphs(transcript).map(({ startSample, text }) =>
    times ? `[${clockTime(startSample)}] ${text}` : text,
  );
  return paragraphs.length === 0 ? '' : `${paragraphs.join('\n\n')}\n`;
}
