import type { Transcript } from '../transcript.ts';
import { cuesOf } from './cues.ts';
import { BROADCAST, type SubtitleShape } from './shape.ts';
import { timestamp } from './time.ts';

/** WebVTT. `&`, `<` and `>` are escaped, which also makes `-->` in speech harmless (F46). */
export function toVtt(transcript: Transcript, shape: SubtitleShape = BROADCAST): string {
  const cues = cuesOf(transcript, shape).map(
    ({ startSample, endSample, lines }) =>
      `\n${timestamp(startSample, '.')} --> ${timestamp(endSample, '.')}\n${lines.map(escape).join('\n')}\n`,
  );
  return `WEBVTT\n${cues.join('')}`;
}

const escape = (line: string): string => line.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
