import { samplesToSeconds } from '../../audio/units.ts';

/** Measurements that count: a piece of up to 30 s each, so that the estimate follows what the machine does now. */
const REMEMBERED = 20;

/** How fast this machine turns audio into text, over the last pieces of whatever file. */
export class Pace {
  #measured: { readonly audioSeconds: number; readonly workSeconds: number }[] = [];

  observe(sampleCount: number, workMs: number): void {
    if (sampleCount <= 0) return;
    this.#measured.push({ audioSeconds: samplesToSeconds(sampleCount), workSeconds: workMs / 1000 });
    if (this.#measured.length > REMEMBERED) this.#measured.shift();
  }

  /** How long so much audio will take, in seconds; `null` until anything was measured. */
  secondsFor(sampleCount: number): number | null {
    let audio = 0;
    let work = 0;
    for (const { audioSeconds, workSeconds } of this.#measured) {
      audio += audioSeconds;
      work += workSeconds;
    }
    return audio === 0 ? null : (samplesToSeconds(sampleCount) * work) / audio;
  }
}
