import { requireRange } from '../audio/options.ts';
import { msToSamples } from '../audio/units.ts';
import { bestCut, type Cut } from './cut.ts';

/** Samples the voice-activity detector judges at once: 32 ms. */
export const WINDOW_SAMPLES = 512;

export interface GateOptions {
  /** A probability from which speech begins, 0 to 1. */
  readonly onset: number;
  /** A probability below which speech pauses; lower than `onset`, so that one weak syllable is no pause. */
  readonly release: number;
  /** Audio kept from before the onset: the detector hears a soft consonant late. */
  readonly preRollMs: number;
  /** Audio kept from after the last speech. */
  readonly postRollMs: number;
  /** How long a pause ends the utterance. */
  readonly endSilenceMs: number;
  /** How long a pause ends one that is as long as `maxMs`; in between, what is asked of a pause falls from half of that on. */
  readonly longEndSilenceMs: number;
  /** An utterance with less speech than this, all its windows together, is a click or a note of music: discarded. */
  readonly minSpeechMs: number;
  /** An utterance is cut before more than this waits for its final text. */
  readonly maxMs: number;
  /** Where it has to be cut within speech, the next one hears so much of its end again: no word is only heard in halves. */
  readonly overlapMs: number;
}

/** Short utterances, ended soon after the voice pauses. */
export const LIVE: GateOptions = {
  onset: 0.5,
  release: 0.35,
  preRollMs: 300,
  postRollMs: 300,
  endSilenceMs: 800,
  longEndSilenceMs: 250,
  minSpeechMs: 128,
  maxMs: 28_000,
  overlapMs: 0,
};

/** Pieces as long as Whisper takes them, split at the longest pause. */
export const FILE: GateOptions = {
  ...LIVE,
  endSilenceMs: 2_000,
  longEndSilenceMs: 2_000,
  maxMs: 29_000,
  overlapMs: 3_000,
};

/** Times are sample indices. Every `started` is followed by one `ended`; utterances overlap only where speech is cut. */
export type GateEvent =
  | { readonly type: 'started'; readonly startSample: number }
  | {
      readonly type: 'ended';
      readonly endSample: number;
      /** Where speech was last heard. */
      readonly speechEndSample: number;
      /** Too little speech to be any. */
      readonly discarded: boolean;
      /** It was cut: sound behind this belongs to the next utterance, and begins at the end of this one or before it. `null`: it ended in a pause. */
      readonly continuesFrom: number | null;
    };

/** The utterance that is being spoken. */
export interface OpenUtterance {
  /** Moves forward as its text becomes final. */
  readonly startSample: number;
  readonly speechEndSample: number;
  /** There is enough speech in it that it will not be discarded. */
  readonly confirmed: boolean;
}

/**
 * Turns the detector's probabilities, one for each window of {@link WINDOW_SAMPLES}, into utterances. Pure: no clock, no audio.
 */
export class Gate {
  readonly #options: GateOptions;
  /** First sample of the next window. */
  #position = 0;
  /** Nothing before this may belong to the next utterance: the last one ended here. */
  #floor = 0;
  #startSample: number | null = null;
  /** Where the open utterance began, whatever of it is final. */
  #origin = 0;
  #speechEndSample = 0;
  #speechWindows = 0;
  /** The open utterance began in mid-word, or has text already: speech, however little of it is left. */
  #continuing = false;
  /** Probabilities since `#firstSample`, while an utterance is open. */
  #probabilities: number[] = [];
  #firstSample = 0;

  /** @throws RangeError when an option is out of its range. */
  constructor(options: GateOptions) {
    requireRange('onset', options.onset, 0, 1);
    requireRange('release', options.release, 0, options.onset);
    requireRange('preRollMs', options.preRollMs, 0, 2_000);
    requireRange('postRollMs', options.postRollMs, 0, options.endSilenceMs);
    requireRange('endSilenceMs', options.endSilenceMs, 32, 10_000);
    requireRange('longEndSilenceMs', options.longEndSilenceMs, 32, options.endSilenceMs);
    requireRange('minSpeechMs', options.minSpeechMs, 0, 2_000);
    requireRange('maxMs', options.maxMs, 5_000, 30_000);
    requireRange('overlapMs', options.overlapMs, 0, 5_000);
    this.#options = options;
  }

  /** First sample of the next window. */
  get position(): number {
    return this.#position;
  }

  get open(): OpenUtterance | null {
    if (this.#startSample === null) return null;
    return { startSample: this.#startSample, speechEndSample: this.#speechEndSample, confirmed: this.#confirmed };
  }

  /** No utterance to come begins before this sample. */
  get neededFromSample(): number {
    return this.#startSample ?? this.#beginning(this.#position);
  }

  /** @param probability of speech in the next window. */
  push(probability: number): GateEvent[] {
    const { onset, release, maxMs } = this.#options;
    const windowStart = this.#position;
    this.#position += WINDOW_SAMPLES;
    const events: GateEvent[] = [];
    if (this.#startSample === null) {
      if (probability < onset) return events;
      this.#begin(this.#beginning(windowStart), windowStart, events);
    }
    this.#probabilities.push(probability);
    // Between release and onset, speech goes on but does not count as proof of speech.
    if (probability >= release) this.#speechEndSample = this.#position;
    if (probability >= onset) this.#speechWindows++;
    if (this.#position - this.#speechEndSample >= this.#endSilence()) this.#end(this.#rolledOut(), null, events);
    else if (this.#position - (this.#startSample ?? 0) + WINDOW_SAMPLES > msToSamples(maxMs)) this.#cut(events);
    return events;
  }

  /**
   * The text of what was said before `sampleIndex` is final: the open utterance goes on from there, and has so much more room. Where
   * it is not the open one that was meant, and before its start, nothing happens.
   */
  trim(sampleIndex: number): void {
    if (this.#startSample === null || sampleIndex <= this.#startSample) return;
    this.#startSample = Math.min(sampleIndex, this.#position);
    this.#continuing = true;
    const windows = Math.ceil((this.#startSample - this.#firstSample) / WINDOW_SAMPLES);
    if (windows <= 0) return;
    this.#probabilities.splice(0, windows);
    this.#firstSample += windows * WINDOW_SAMPLES;
  }

  /** Nothing more comes (or nothing for a while): ends the open utterance, at `endSample` if somebody was speaking then. */
  flush(endSample: number): GateEvent[] {
    const events: GateEvent[] = [];
    if (this.#startSample !== null) this.#end(Math.min(endSample, this.#rolledOut()), null, events);
    return events;
  }

  get #confirmed(): boolean {
    return this.#continuing || this.#speechWindows * WINDOW_SAMPLES >= msToSamples(this.#options.minSpeechMs);
  }

  /** The longer somebody goes on, the shorter a pause is taken for an end: text should not stay open for minutes. */
  #endSilence(): number {
    const { endSilenceMs, longEndSilenceMs, maxMs } = this.#options;
    const length = (this.#position - this.#origin) / msToSamples(maxMs);
    const impatience = Math.min(Math.max(2 * length - 1, 0), 1);
    return msToSamples(endSilenceMs + impatience * (longEndSilenceMs - endSilenceMs));
  }

  #beginning(onsetSample: number): number {
    return Math.max(this.#floor, onsetSample - msToSamples(this.#options.preRollMs));
  }

  #rolledOut(): number {
    return Math.min(this.#position, this.#speechEndSample + msToSamples(this.#options.postRollMs));
  }

  #begin(startSample: number, firstWindow: number, events: GateEvent[]): void {
    this.#startSample = startSample;
    this.#origin = startSample;
    this.#speechEndSample = startSample;
    this.#speechWindows = 0;
    this.#continuing = false;
    this.#probabilities = [];
    this.#firstSample = firstWindow;
    events.push({ type: 'started', startSample });
  }

  #end(endSample: number, continuesFrom: number | null, events: GateEvent[]): void {
    endSample = Math.max(endSample, this.#startSample ?? 0);
    const speechEndSample = Math.min(this.#speechEndSample, endSample);
    events.push({ type: 'ended', endSample, speechEndSample, discarded: !this.#confirmed, continuesFrom });
    this.#floor = endSample;
    this.#startSample = null;
    this.#probabilities = [];
  }

  /** Ends the utterance at the best place in what was heard of it, and hears the rest again as what comes after. */
  #cut(events: GateEvent[]): void {
    const heard = this.#probabilities;
    const cut: Cut = bestCut(heard, this.#options.release);
    const cutSample = this.#firstSample + cut.window * WINDOW_SAMPLES;
    const before = heard.slice(0, cut.window);
    const spoken = before.findLastIndex((probability) => probability >= this.#options.release) + 1;
    this.#speechEndSample = this.#firstSample + spoken * WINDOW_SAMPLES;
    this.#speechWindows = before.filter((probability) => probability >= this.#options.onset).length;
    const again = Math.max(this.#startSample ?? 0, cutSample - msToSamples(this.#options.overlapMs));
    this.#end(cutSample, cut.silent ? cutSample : again, events);
    this.#position = cutSample;
    if (!cut.silent) {
      this.#begin(again, cutSample, events);
      this.#continuing = true;
    }
    for (const probability of heard.slice(cut.window)) events.push(...this.push(probability));
  }
}
