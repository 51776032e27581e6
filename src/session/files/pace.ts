import { samplesToSeconds } from '../../audio/units.ts';

/** Measurements that count: a piece of up to 30 s each, so that the estimate follows what the machine does now. */
const REMEMBERED = 20;
/** What was expected counts as much as a measurement over so much audio: after a minute it hardly matters any more. */
const EXPECTED_AUDIO_SECONDS = 15;

/** How fast this machine turns audio into text, over the last pieces of whatever file. */
export class Pace {
  readonly #expected: number;
  #measured: { readonly audioSeconds: number; readonly workSeconds: number }[] = [];

  /** @param expected seconds of work for a second of audio, until something is measured. */
  constructor(expected: number) {
    this.#expected = expected;
  }

  observe(sampleCount: number, workMs: number): void {
    if (sampleCount <= 0) return;
    this.#measured.push({ audioSeconds: samplesToSeconds(sampleCount), workSeconds: workMs / 1000 });
    if (this.#measured.length > REMEMBERED) this.#measured.shift();
  }

  /** Seconds of work for a second of audio. */
  get factor(): number {
    let audio = EXPECTED_AUDIO_SECONDS;
    let work = EXPECTED_AUDIO_SECONDS * this.#expected;
    for (const { audioSeconds, workSeconds } of this.#measured) {
      audio += audioSeconds;
      work += workSeconds;
    }
    return work / audio;
  }

  /** How long so much audio will take, in seconds. */
  secondsFor(sampleCount: number): number {
    return samplesToSeconds(sampleCount) * this.factor;
  }
}
