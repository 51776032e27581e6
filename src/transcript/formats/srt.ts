import type { Transcript } from '../transcript.ts';
import { cuesOf } from './cues.ts';
import { BROADCAST, type SubtitleShape } from './shape.ts';
import { timestamp } from './time.ts';

/**
 * SubRip. The format has no escapes: players read `<…>` and `{\…}` as styling and `-->` as a time line, so those brackets are
 * written with characters that look like them and mean nothing (F46).
 */
export function toSrt(transcript: Transcript, shape: SubtitleShape = BROADCAST): string {
  return cuesOf(transcript, shape)
    .map(
      ({ startSample, endSample, lines }, index) =>
        `${index + 1}\n${timestamp(startSample, ',')} --> ${timestamp(endSample, ',')}\n${lines.map(inert).join('\n')}\n`,
    )
    .join('\n');
}

const inert = (line: string): string => line.replaceAll('<', '‹').replaceAll('>', '›').replaceAll('{\\', '{⧵');
