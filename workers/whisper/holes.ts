import { samplesToSeconds, secondsToSamples } from '../../src/audio/units.ts';
import type { TranscribeRequest, Transcription } from './transcribe.ts';
import type { TokenWord } from './words.ts';

/** No word lasts so long, not even with the longest pause behind it that an utterance may have (2 s). */
const LONGEST_WORD_SECONDS = 4;
/** Times of words are as coarse as this; the cut is made at the quietest place so near. */
const REACH_SAMPLES = secondsToSamples(0.2);
const QUIET_SAMPLES = secondsToSamples(0.02);
/** What was left out may itself leave something out. */
const MAX_DEPTH = 3;

type Pass = (request: TranscribeRequest) => Promise<Transcription>;

/**
 * A decoder may end its text, or leap ahead, where somebody speaks on. The alignment then gives all of that time to one word: it
 * is heard again by itself, and what is found in it takes its place. Nothing is said twice, for each stretch has one reading.
 */
export async function fillHoles(
  pass: Pass,
  request: TranscribeRequest,
  first: Transcription,
  depth = 0,
): Promise<Transcription> {
  if (depth === MAX_DEPTH || first.abandoned) return first;
  let filled = first;
  const words: TokenWord[] = [];
  for (const word of first.words) {
    const again = isHole(word) ? await hearAgain(pass, request, filled, word, depth) : null;
    const found = again !== null && again.words.length > 1 && again.legible && again.likely;
    if (found) filled = together(filled, again);
    words.push(...(found ? again.words : [word]));
  }
  return { ...filled, words };
}

const isHole = ({ startSample, endSample }: TokenWord): boolean =>
  samplesToSeconds(endSample - startSample) > LONGEST_WORD_SECONDS;

async function hearAgain(
  pass: Pass,
  request: TranscribeRequest,
  { language }: Transcription,
  word: TokenWord,
  depth: number,
): Promise<Transcription> {
  const from = quietest(request.samples, word.startSample - request.startSample);
  const part: TranscribeRequest = {
    ...request,
    samples: request.samples.subarray(from, word.endSample - request.startSample),
    startSample: request.startSample + from,
    speechEndSample: Math.min(request.speechEndSample, word.endSample),
    language,
    // What was said before is what led astray.
    previousText: [],
    prefix: [],
    draft: [],
  };
  return fillHoles(pass, part, await pass(part), depth + 1);
}

/** Where it is quietest around a sample. */
function quietest(samples: Float32Array, around: number): number {
  let best = Math.max(0, around);
  let least = Infinity;
  const last = Math.min(samples.length, around + REACH_SAMPLES) - QUIET_SAMPLES;
  for (let at = Math.max(0, around - REACH_SAMPLES); at <= last; at += QUIET_SAMPLES) {
    const loudness = samples.subarray(at, at + QUIET_SAMPLES).reduce((sum, sample) => sum + sample * sample, 0);
    if (loudness >= least) continue;
    least = loudness;
    best = at;
  }
  return best;
}

/** What two passes took, as one. */
export function together(a: Transcription, b: Transcription): Transcription {
  return {
    ...a,
    melMs: a.melMs + b.melMs,
    encoderMs: a.encoderMs + b.encoderMs,
    decoderMs: a.decoderMs + b.decoderMs,
    tokenCount: a.tokenCount + b.tokenCount,
    fallbacks: a.fallbacks + b.fallbacks,
  };
}
