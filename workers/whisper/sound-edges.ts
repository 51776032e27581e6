import { msToSamples } from '../../src/audio/units.ts';
import type { TokenWord } from './words.ts';

/** Levels are taken over this much, and edges found to as much. */
const FRAME_SAMPLES = msToSamples(10);
/** Less is the closure of a plosive. */
const SHORTEST_QUIET_FRAMES = 8;
/** No word has so long a closure within. */
const SHORTEST_PAUSE_SAMPLES = msToSamples(180);
/** What sounds so shortly before a pause, at the edge of a word, belongs to its neighbour. */
const SCRAP_SAMPLES = msToSamples(100);
/** The room is as loud as the quietest twentieth; quiet is a little more, but not so much that a soft consonant is. In decibels. */
const ABOVE_ROOM_DB = 10;
const BELOW_VOICE_DB = { least: 15, most: 40 } as const;

interface Span {
  start: number;
  end: number;
}

/**
 * Moves the edges of words to where sound is. Attention says which word is spoken, roughly when, and nothing of silence: the
 * pause before a word, or behind it, is given to the word. Where it is quiet in the audio nobody speaks, so words begin behind a
 * pause and end before it.
 *
 * @param words in order; they may meet, not overlap.
 * @param samples what they were heard in.
 * @param startSample sample index of `samples[0]`.
 * @param leadMs by how much the model's attention runs ahead of the sound; below 0 it lags behind.
 */
export function toSoundEdges(
  words: readonly TokenWord[],
  samples: Float32Array,
  startSample: number,
  leadMs: number,
): TokenWord[] {
  const end = startSample + samples.length;
  const moved = (sample: number): number => {
    // Where the audio begins and ends is no finding of the attention's.
    if (sample <= startSample) return startSample;
    return sample >= end ? end : Math.min(Math.max(sample + msToSamples(leadMs), startSample), end);
  };
  const spans = words.map((word): Span => ({ start: moved(word.startSample), end: moved(word.endSample) }));
  const loudness = new Loudness(samples, startSample);
  for (const quiet of loudness.quietSpans()) {
    for (const i of spans.keys()) takeOut(quiet, spans, i, loudness);
  }
  return words.map((word, i) => ({ ...word, startSample: spans[i]!.start, endSample: spans[i]!.end }));
}

/** Takes a quiet stretch out of a word. */
function takeOut(quiet: Span, spans: readonly Span[], i: number, loudness: Loudness): void {
  const span = spans[i]!;
  const before = { start: span.start, end: quiet.start };
  const behind = { start: quiet.end, end: span.end };
  const [sounds, soundsOn] = [before.end > before.start, behind.end > behind.start];
  // It is no part of the word, or all of it: a word that is not heard stays where attention has it.
  if (quiet.end <= span.start || quiet.start >= span.end || (!sounds && !soundsOn)) return;
  if (!sounds) span.start = behind.start;
  else if (!soundsOn) span.end = before.end;
  else if (quiet.end - quiet.start >= SHORTEST_PAUSE_SAMPLES) {
    const scrap = before.end - before.start <= SCRAP_SAMPLES;
    if (scrap || loudness.energy(behind) > loudness.energy(before)) {
      const last = spans[i - 1];
      if (last?.end === span.start) last.end = before.end;
      span.start = behind.start;
    } else {
      const next = spans[i + 1];
      if (next?.start === span.end) next.start = behind.start;
      span.end = before.end;
    }
  }
}

/** How loud some audio is, frame by frame. */
class Loudness {
  readonly #startSample: number;
  /** Mean power. */
  readonly #power: Float64Array;

  constructor(samples: Float32Array, startSample: number) {
    this.#startSample = startSample;
    this.#power = new Float64Array(Math.floor(samples.length / FRAME_SAMPLES));
    for (let frame = 0; frame < this.#power.length; frame++) {
      let power = 0;
      for (let n = frame * FRAME_SAMPLES; n < (frame + 1) * FRAME_SAMPLES; n++) power += samples[n]! * samples[n]!;
      this.#power[frame] = power / FRAME_SAMPLES;
    }
  }

  energy({ start, end }: Span): number {
    const frame = (sample: number): number => Math.floor((sample - this.#startSample) / FRAME_SAMPLES);
    return this.#power.subarray(frame(start), frame(end)).reduce((sum, power) => sum + power, 0);
  }

  /** Where it is as quiet as in the pauses, in order. */
  quietSpans(): Span[] {
    const levels = this.#levels();
    const sorted = levels.toSorted();
    const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
    const voice = at(0.95);
    const threshold = Math.min(
      Math.max(at(0.05) + ABOVE_ROOM_DB, voice - BELOW_VOICE_DB.most),
      voice - BELOW_VOICE_DB.least,
    );
    const spans: Span[] = [];
    for (let from = 0; from < levels.length; from++) {
      let to = from;
      while (to < levels.length && levels[to]! < threshold) to++;
      if (to - from >= SHORTEST_QUIET_FRAMES)
        spans.push({
          start: this.#startSample + from * FRAME_SAMPLES,
          end: this.#startSample + to * FRAME_SAMPLES,
        });
      from = to;
    }
    return spans;
  }

  /** In decibels below full scale, over a frame and its neighbours. */
  #levels(): Float64Array {
    return this.#power.map((power, i, all) => {
      const mean = (power + (all[i - 1] ?? power) + (all[i + 1] ?? power)) / 3;
      return 10 * Math.log10(mean + 1e-10);
    });
  }
}
