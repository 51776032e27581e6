import { SAMPLE_RATE } from '../../audio/units.ts';
import type { Transcript } from '../transcript.ts';
import type { Word } from '../word.ts';
import { clean } from './clean.ts';
import { fits, wrap } from './lines.ts';

/** One subtitle. Times are sample indices at 16 kHz from the session's start. */
export interface Cue {
  readonly startSample: number;
  readonly endSample: number;
  readonly lines: readonly string[];
}

const MAX_SAMPLES = 7 * SAMPLE_RATE;
/** Shorter cues stay on the screen this long, if nothing else is said meanwhile. */
const MIN_SAMPLES = 1.2 * SAMPLE_RATE;
/** A gap between two words of a segment that ends a cue. */
const PAUSE_SAMPLES = 1 * SAMPLE_RATE;

const SENTENCE_END = /[.!?…。！？।۔]["'”’»」』）)]*$/u;
const CLAUSE_END = /[,;:、，；：—–]$/u;

/** Subtitles of the committed text: at most two lines and seven seconds each, cut where a reader expects it. */
export function cuesOf(transcript: Transcript): Cue[] {
  const groups = transcript.segments.flatMap((segment) => split(segment.committed));
  const cues: Cue[] = [];
  for (const [index, words] of groups.entries()) {
    const text = textOf(words);
    const startSample = Math.max(words[0]?.startSample ?? 0, cues.at(-1)?.endSample ?? 0);
    const spoken = Math.max(words.at(-1)?.endSample ?? 0, startSample + 1);
    const next = groups[index + 1]?.[0]?.startSample ?? Infinity;
    const endSample = Math.max(spoken, Math.min(startSample + MIN_SAMPLES, next));
    if (text !== '') cues.push({ startSample, endSample, lines: wrap(text) });
  }
  return cues;
}

const textOf = (words: readonly Word[]): string => clean(words.map((word) => word.text).join(''));

/** Cuts a segment's words into groups that each make one cue. */
function split(words: readonly Word[]): Word[][] {
  const groups: Word[][] = [];
  let rest = [...words];
  while (rest.length > 0) {
    const count = reach(rest);
    const cut = count === rest.length ? count : bestCut(rest.slice(0, count));
    groups.push(rest.slice(0, cut));
    rest = rest.slice(cut);
  }
  return groups;
}

/** How many words fit one cue by width, by time and up to the next pause; at least one. */
function reach(words: readonly Word[]): number {
  const start = words[0]?.startSample ?? 0;
  let text = '';
  for (const [index, word] of words.entries()) {
    const before = words[index - 1];
    text += word.text;
    if (before === undefined) continue;
    if (word.startSample - before.endSample >= PAUSE_SAMPLES) return index;
    if (word.endSample - start > MAX_SAMPLES || !fits(clean(text))) return index;
  }
  return words.length;
}

/** The last end of a sentence, else of a clause in the second half, else all of them. */
function bestCut(words: readonly Word[]): number {
  const ends = (pattern: RegExp) => words.findLastIndex((word) => pattern.test(word.text.trim())) + 1;
  const sentence = ends(SENTENCE_END);
  if (sentence > words.length / 3) return sentence;
  const clause = ends(CLAUSE_END);
  return clause > words.length / 2 ? clause : words.length;
}
