import { samplesToMs, samplesToSeconds } from '../../../src/audio/units.ts';
import type { PassTiming, SpeechEvent, WhisperEvent } from '../../../src/recognizer/protocol.ts';
import {
  apply,
  committedText,
  EMPTY_TRANSCRIPT,
  type Segment,
  type Transcript,
} from '../../../src/transcript/transcript.ts';
import type { TimedWord } from '../score/word-times.ts';

/** One session as the page sees it: its transcript, and when things happened. */
export class SessionRecord {
  readonly #epoch: number;
  readonly #now: () => number;
  readonly #passes: PassTiming[] = [];
  readonly #commits: { readonly atMs: number; readonly endSample: number }[] = [];
  #transcript: Transcript = EMPTY_TRANSCRIPT;
  /** When sample 0 was heard: every level event says when a sample had been, at the latest. */
  #zeroMs = Infinity;
  #firstWordMs: number | null = null;
  #drainedMs = 0;

  /** @param now the clock that everything is timed by, in milliseconds. */
  constructor(epoch: number, now = (): number => performance.now()) {
    this.#epoch = epoch;
    this.#now = now;
  }

  speech(event: SpeechEvent): void {
    if (event.type !== 'level' || event.epoch !== this.#epoch) return;
    this.#zeroMs = Math.min(this.#zeroMs, this.#now() - samplesToMs(event.sampleIndex));
  }

  whisper(event: WhisperEvent): void {
    if (!('epoch' in event) || event.epoch !== this.#epoch) return;
    const atMs = this.#now();
    switch (event.type) {
      case 'words': {
        const { committed, tentative, utterance } = event;
        const [first] = [...committed, ...tentative];
        if (first !== undefined) this.#firstWordMs ??= atMs;
        for (const { endSample } of committed) this.#commits.push({ atMs, endSample });
        this.#transcript = apply(this.#transcript, {
          ...event,
          segment: `${event.epoch}.${utterance}`,
          startSample: first?.startSample ?? 0,
        });
        return;
      }
      case 'pass-finished':
        this.#passes.push(event.timing);
        return;
      case 'drained':
        this.#drainedMs = atMs;
        return;
      default:
        return;
    }
  }

  get text(): string {
    return this.#transcript.segments.map(committedText).join(' ').trim();
  }

  get words(): TimedWord[] {
    return timedWords(this.#transcript.segments);
  }

  get passes(): readonly PassTiming[] {
    return this.#passes;
  }

  get firstWordMs(): number | null {
    return this.#firstWordMs;
  }

  /** When the last word was there. */
  get drainedMs(): number {
    return this.#drainedMs;
  }

  /** For each word, from its end in the audio (as the recogniser times it) to its commit. */
  get commitLagMs(): number[] {
    return this.#commits.map(({ atMs, endSample }) => atMs - (this.#zeroMs + samplesToMs(endSample)));
  }
}

/** The committed words of segments, with their times in seconds. */
export const timedWords = (segments: readonly Segment[]): TimedWord[] =>
  segments.flatMap(({ committed }) =>
    committed.map(({ text, startSample, endSample }) => ({
      text,
      start: samplesToSeconds(startSample),
      end: samplesToSeconds(endSample),
    })),
  );
