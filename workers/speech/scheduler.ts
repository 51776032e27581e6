import { requireRange } from '../../src/audio/options.ts';
import { msToSamples } from '../../src/audio/units.ts';
import type { Done, Pass } from '../../src/recognizer/protocol.ts';

export interface SchedulerOptions {
  /** New audio that makes another tentative pass worth while. `Infinity`: final passes only. */
  readonly tentativeEveryMs: number;
  /**
   * New audio there must be, measured in what the last tentative pass took. Above 1, Whisper rests between passes, and passes thin
   * out of themselves as it gets slower: the lag of final words is what matters (F30).
   */
  readonly restFactor: number;
  /** However slow Whisper is, something is shown this often. */
  readonly tentativeAtMostEveryMs: number;
}

export const LIVE_SCHEDULE: SchedulerOptions = {
  tentativeEveryMs: 600,
  restFactor: 1.5,
  tentativeAtMostEveryMs: 6_000,
};

/** For whole files: nobody waits for the words of a piece that is not complete. */
export const FINAL_ONLY: SchedulerOptions = { ...LIVE_SCHEDULE, tentativeEveryMs: Infinity };

/** A pass to be made now: its audio is [startSample, endSample). */
export interface Job {
  readonly utterance: number;
  readonly pass: Pass;
  readonly startSample: number;
  readonly endSample: number;
  readonly speechEndSample: number;
  readonly continuesFrom: number | null;
}

/** What is spoken right now; `null` between utterances. `endSample`: as far as the detector has heard. */
export interface Speaking {
  readonly endSample: number;
  readonly speechEndSample: number;
  readonly confirmed: boolean;
}

interface Utterance {
  readonly id: number;
  /** Where its next pass begins: moves forward as words are committed. */
  startSample: number;
  /** `null` while it is being spoken. */
  end: { readonly endSample: number; readonly speechEndSample: number; readonly continuesFrom: number | null } | null;
}

/**
 * Decides what Whisper does next. Final passes come first and in order, then a tentative pass of the utterance that is being spoken,
 * once enough of it is new. Pure: time is the audio captured so far, so a slow machine simply sees more audio go by during a pass.
 *
 * A job that was given out and not reported done is given out again to whoever asks next: the worker that had it has crashed.
 */
export class Scheduler {
  readonly #options: SchedulerOptions;
  /** Waiting for their final pass, oldest first; the last one may still be open. */
  #utterances: Utterance[] = [];
  /** The last tentative pass given out: how far its audio went, and when that was. */
  #last: { readonly utterance: number; readonly endSample: number; readonly capturedSamples: number } | null = null;
  /** Audio that went by during the last tentative pass. */
  #costSamples = 0;

  /** @throws RangeError when an option is out of its range. */
  constructor(options: SchedulerOptions) {
    if (options.tentativeEveryMs !== Infinity) requireRange('tentativeEveryMs', options.tentativeEveryMs, 100, 30_000);
    requireRange('restFactor', options.restFactor, 1, 10);
    requireRange('tentativeAtMostEveryMs', options.tentativeAtMostEveryMs, 1_000, 30_000);
    this.#options = options;
  }

  started(utterance: number, startSample: number): void {
    this.#utterances.push({ id: utterance, startSample, end: null });
  }

  ended(utterance: number, end: NonNullable<Utterance['end']>): void {
    const ended = this.#find(utterance);
    if (ended === undefined) return;
    ended.end = end;
    ended.startSample = Math.min(ended.startSample, end.endSample);
  }

  /** No text will come of it. */
  discarded(utterance: number): void {
    this.#utterances = this.#utterances.filter(({ id }) => id !== utterance);
  }

  /** @param capturedSamples all audio captured so far: the clock. */
  done({ utterance, pass, keepFromSample }: Done, capturedSamples: number): void {
    if (pass === 'final') {
      this.discarded(utterance);
      return;
    }
    const heard = this.#find(utterance);
    if (heard !== undefined) {
      const limit = heard.end?.endSample ?? Infinity;
      heard.startSample = Math.max(heard.startSample, Math.min(keepFromSample, limit));
    }
    if (this.#last?.utterance === utterance) this.#costSamples = capturedSamples - this.#last.capturedSamples;
  }

  /** What to do now, or `null` when there is nothing that would help. */
  next(speaking: Speaking | null, capturedSamples: number): Job | null {
    const [first] = this.#utterances;
    if (first === undefined) return null;
    if (first.end !== null) {
      return { utterance: first.id, pass: 'final', startSample: first.startSample, ...first.end };
    }
    if (speaking?.confirmed !== true) return null;
    const { endSample, speechEndSample } = speaking;
    const last = this.#last?.utterance === first.id ? this.#last : null;
    // A pause adds nothing to read.
    if (last !== null && speechEndSample <= last.endSample) return null;
    if (endSample - (last?.endSample ?? first.startSample) < this.#interval()) return null;
    this.#last = { utterance: first.id, endSample, capturedSamples };
    const { startSample } = first;
    return { utterance: first.id, pass: 'tentative', startSample, endSample, speechEndSample, continuesFrom: null };
  }

  /** Everything that came to an end has been through its final pass, and nothing is being spoken. */
  get idle(): boolean {
    return this.#utterances.length === 0;
  }

  /** First sample that a pass still needs; `null` when none does. */
  get neededFromSample(): number | null {
    return this.#utterances[0]?.startSample ?? null;
  }

  /** Audio that waits for its final pass. @param endSample how far the open utterance goes. */
  pendingSamples(endSample: number): number {
    return this.#utterances.reduce(
      (sum, { startSample, end }) => sum + Math.max(0, (end?.endSample ?? endSample) - startSample),
      0,
    );
  }

  /** Gives up everything. */
  clear(): void {
    this.#utterances = [];
  }

  /** Another worker asks: the pass that was under way is lost, and the next one need not wait. */
  restart(): void {
    this.#last = null;
  }

  #interval(): number {
    const { tentativeEveryMs, restFactor, tentativeAtMostEveryMs } = this.#options;
    if (tentativeEveryMs === Infinity) return Infinity;
    const rested = Math.min(this.#costSamples * restFactor, msToSamples(tentativeAtMostEveryMs));
    return Math.max(msToSamples(tentativeEveryMs), rested);
  }

  #find(utterance: number): Utterance | undefined {
    return this.#utterances.find(({ id }) => id === utterance);
  }
}
