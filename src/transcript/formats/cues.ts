import { msToSamples } from '../../audio/units.ts';
import type { Transcript } from '../transcript.ts';
import { readingMs } from './columns.ts';
import { wrap } from './lines.ts';
import { runsOf, type Piece } from './runs.ts';
import type { SubtitleShape } from './shape.ts';
import { HANG_MS, split } from './split.ts';

/** One subtitle. Times are sample indices at 16 kHz from the session's start. */
export interface Cue {
  readonly startSample: number;
  readonly endSample: number;
  readonly lines: readonly string[];
}

/** A gap shorter than this flickers: the subtitle before it stays until the next one. */
const CHAIN_SAMPLES = msToSamples(500);
/** Where words have no time at all, a subtitle still has this much. */
const LEAST_SAMPLES = msToSamples(40);

/**
 * Subtitles of the committed text, as the shape asks: cut where a reader expects it, on the screen for as long as they take to
 * read where the speech leaves time for it, never over each other.
 */
export function cuesOf(transcript: Transcript, shape: SubtitleShape): Cue[] {
  const groups = runsOf(transcript, shape).flatMap((run) => split(run, shape));
  const gap = msToSamples(shape.gapMs);
  const cues: Cue[] = [];
  for (const [index, pieces] of groups.entries()) {
    const previous = cues.at(-1);
    const startSample = Math.max(pieces[0]!.startSample, previous === undefined ? 0 : previous.endSample + gap);
    const nextSample = groups[index + 1]?.[0]?.startSample ?? Infinity;
    const text = pieces
      .map((piece) => piece.text)
      .join('')
      .trim();
    cues.push({ startSample, endSample: endOf(pieces, startSample, nextSample, shape), lines: wrap(text, shape) });
  }
  return cues;
}

function endOf(pieces: readonly Piece[], startSample: number, nextSample: number, shape: SubtitleShape): number {
  const spoken = pieces.at(-1)!.endSample;
  const width = pieces.reduce((sum, piece) => sum + piece.columns, 0);
  const reading = readingMs(
    width,
    pieces.some(({ wide }) => wide),
    shape,
  );
  const readable = Math.min(startSample + msToSamples(reading), spoken + msToSamples(HANG_MS));
  const wanted = Math.max(spoken, readable, startSample + msToSamples(shape.minMs));
  const chained = nextSample - wanted < CHAIN_SAMPLES ? nextSample : wanted;
  const latest = Math.min(nextSample - msToSamples(shape.gapMs), startSample + msToSamples(shape.maxMs));
  return Math.max(Math.min(chained, latest), startSample + LEAST_SAMPLES);
}
