import { resumeSample, type Journal } from '../../audio/recording/journal.ts';
import type { Segment, Transcript } from '../../transcript/transcript.ts';

/** From where the rest of a recording is to be written down: everything before it is final. */
export function restFrom({ segments }: Transcript, journal: Journal): number {
  const last = segments.findLast((segment) => segment.final && segment.committed.length > 0);
  return resumeSample(journal, last?.committed.at(-1) ?? null);
}

/** Whether all of the recording was written down before its page died, and only nobody had said so. */
export function isWhole(text: Transcript, journal: Journal): boolean {
  const from = restFrom(text, journal);
  const { entries } = journal;
  return (
    entries.at(-1)?.type === 'finished' && !entries.some(({ type, sample }) => type === 'utterance' && sample > from)
  );
}

/**
 * The text with a piece more. What was only begun when the recording broke off stays until the same words are there anew.
 * @param segment `null` when there was nothing to write. @param endSample everything before it is final now.
 */
export function withRest({ segments }: Transcript, segment: Segment | null, endSample: number): Transcript {
  const kept = segments.filter(({ final, startSample }) => final || startSample >= endSample);
  if (segment === null) return { segments: kept };
  const at = kept.findLastIndex(({ startSample }) => startSample <= segment.startSample) + 1;
  return { segments: kept.toSpliced(at, 0, segment) };
}

/** The text when all of the recording has been written down: nothing of it is only begun. */
export const completed = ({ segments }: Transcript): Transcript => ({
  segments: segments.map((segment) => (segment.final ? segment : { ...segment, tentative: [], final: true })),
});
