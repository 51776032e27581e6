import { FULL_SCALE, toPcm } from './pcm.ts';

const CHUNK_SAMPLES = 16_384;

/**
 * Mono audio by absolute sample index: grows at the end, is given up from the start.
 *
 * Held as 16-bit: what waits for a model that is still downloading is minutes to hours long, at half the memory of floats, and the
 * noise this adds (-98 dB) lies below every microphone's own and below the 80 dB that Whisper's features look at.
 */
export class Timeline {
  /** Consecutive chunks; only the last one is partly filled. */
  #chunks: Int16Array[] = [];
  /** Sample index at which `#chunks[0]` begins: a multiple of the chunk's length. */
  #base = 0;
  #start = 0;
  #end = 0;

  /** The first sample that is still here. */
  get start(): number {
    return this.#start;
  }

  /** Where the next sample will be. */
  get end(): number {
    return this.#end;
  }

  get byteLength(): number {
    return this.#chunks.length * CHUNK_SAMPLES * Int16Array.BYTES_PER_ELEMENT;
  }

  /** @param samples within [-1, 1]; what lies outside is clipped. */
  append(samples: Float32Array): void {
    let from = 0;
    while (from < samples.length) {
      const at = this.#end - this.#base;
      const offset = at % CHUNK_SAMPLES;
      const index = (at - offset) / CHUNK_SAMPLES;
      const chunk = (this.#chunks[index] ??= new Int16Array(CHUNK_SAMPLES));
      const count = Math.min(samples.length - from, CHUNK_SAMPLES - offset);
      for (let i = 0; i < count; i++) chunk[offset + i] = toPcm(samples[from + i] ?? 0);
      from += count;
      this.#end += count;
    }
  }

  /**
   * A copy of the samples from `from` to before `to`.
   * @throws RangeError when part of it was given up or has not come yet.
   */
  slice(from: number, to: number): Float32Array<ArrayBuffer> {
    if (from < this.#start || to > this.#end || from > to) {
      throw new RangeError(`[${from}, ${to}) is not within [${this.#start}, ${this.#end})`);
    }
    const samples = new Float32Array(to - from);
    for (let done = 0; done < samples.length;) {
      const at = from + done - this.#base;
      const offset = at % CHUNK_SAMPLES;
      const chunk = this.#chunks[(at - offset) / CHUNK_SAMPLES];
      const count = Math.min(samples.length - done, CHUNK_SAMPLES - offset);
      for (let i = 0; i < count; i++) samples[done + i] = (chunk?.[offset + i] ?? 0) / FULL_SCALE;
      done += count;
    }
    return samples;
  }

  /** Gives up what comes before `index`; memory goes back by whole chunks of about a second. */
  dropBefore(index: number): void {
    this.#start = Math.max(this.#start, Math.min(index, this.#end));
    const whole = Math.min(this.#chunks.length, Math.floor((this.#start - this.#base) / CHUNK_SAMPLES));
    this.#chunks.splice(0, whole);
    this.#base += whole * CHUNK_SAMPLES;
  }
}
