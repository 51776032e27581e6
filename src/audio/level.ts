export interface LevelReading {
  /** Linear, 0 to 1. */
  readonly peak: number;
  readonly rms: number;
}

/** Peak and rms over everything since the last reading. */
export class LevelMeter {
  #peak = 0;
  #squares = 0;
  #count = 0;

  get sampleCount(): number {
    return this.#count;
  }

  add(samples: Float32Array): void {
    for (const sample of samples) {
      const magnitude = Math.abs(sample);
      if (magnitude > this.#peak) this.#peak = magnitude;
      this.#squares += sample * sample;
    }
    this.#count += samples.length;
  }

  /** The reading, and a new beginning. Zero when nothing came. */
  take(): LevelReading {
    const reading = { peak: this.#peak, rms: this.#count === 0 ? 0 : Math.sqrt(this.#squares / this.#count) };
    this.#peak = 0;
    this.#squares = 0;
    this.#count = 0;
    return reading;
  }
}

/**
 * Tells digital silence (a muted or dead device, F25) from a quiet room, whose noise always moves the last bits.
 * `push` answers only when the state changes.
 */
export class SignalWatch {
  #present = true;
  #silentSamples = 0;

  /** @param patienceSamples how long digital silence lasts before the signal counts as lost. */
  constructor(readonly patienceSamples: number) {}

  /** Whether there is a signal, or `null` when that is what was known. */
  push(samples: Float32Array): boolean | null {
    if (samples.some((sample) => Math.abs(sample) > 1 / 65_536)) {
      this.#silentSamples = 0;
      if (this.#present) return null;
      this.#present = true;
      return true;
    }
    this.#silentSamples += samples.length;
    if (!this.#present || this.#silentSamples < this.patienceSamples) return null;
    this.#present = false;
    return false;
  }
}
