import { SAMPLE_RATE } from '../../src/audio/units.ts';
import type { CaptureMessage } from '../../src/recognizer/capture-protocol.ts';
import type { RunFlag } from '../../src/recognizer/run-flag.ts';

/** What is handed over at once: a second, so that an hour is few messages. */
const BLOCK_SAMPLES = SAMPLE_RATE;
/** So much may wait for its text: two pieces of 30 s, and what the voice detector has to hear to find the next one. */
const MAX_WAITING_BLOCKS = 75;
const LOOK_EVERY_MS = 100;

interface FeedListener {
  /** A block has been handed over. */
  fed(): void;
  /** Enough waits: nothing more is handed over for now. Called again and again, as a sign of life. */
  resting(): void;
}

/**
 * Hands samples to the speech worker, as a capture worklet would, but only as fast as they are recognised: so memory stays flat
 * however long the file is. Thread rights: counts `framesCaptured`, a block being a frame here.
 */
export class Feed {
  readonly #out: MessagePort;
  readonly #flag: RunFlag;
  readonly #epoch: number;
  readonly #listener: FeedListener;
  #block = new Float32Array(BLOCK_SAMPLES);
  #filled = 0;
  #sampleIndex = 0;
  #blocks = 0;

  constructor(out: MessagePort, flag: RunFlag, epoch: number, listener: FeedListener) {
    this.#out = out;
    this.#flag = flag;
    this.#epoch = epoch;
    this.#listener = listener;
    this.#send({ type: 'open', epoch, sampleRate: SAMPLE_RATE });
  }

  /** Settles when there is room for more. @returns whether any is wanted. */
  async push(samples: Float32Array): Promise<boolean> {
    for (let from = 0; from < samples.length;) {
      const part = samples.subarray(from, from + BLOCK_SAMPLES - this.#filled);
      this.#block.set(part, this.#filled);
      this.#filled += part.length;
      from += part.length;
      if (this.#filled === BLOCK_SAMPLES) {
        this.#handOver();
        if (!(await this.#room())) return false;
      }
    }
    return !this.#flag.hasEnded(this.#epoch);
  }

  /** The last, partial block and the mark. */
  end(): void {
    if (this.#filled > 0) this.#handOver();
    this.#send({ type: 'end', epoch: this.#epoch, sampleIndex: this.#sampleIndex });
  }

  #handOver(): void {
    const samples = this.#block.subarray(0, this.#filled);
    this.#flag.count('framesCaptured');
    this.#send({ type: 'frame', epoch: this.#epoch, sampleIndex: this.#sampleIndex, samples }, [this.#block.buffer]);
    this.#sampleIndex += this.#filled;
    this.#blocks++;
    this.#block = new Float32Array(BLOCK_SAMPLES);
    this.#filled = 0;
    this.#listener.fed();
  }

  async #room(): Promise<boolean> {
    while (this.#blocks - this.#flag.read('framesRecognised') >= MAX_WAITING_BLOCKS) {
      if (this.#flag.hasEnded(this.#epoch)) return false;
      this.#listener.resting();
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
    return !this.#flag.hasEnded(this.#epoch);
  }

  #send(message: CaptureMessage, transfer: Transferable[] = []): void {
    this.#out.postMessage(message, transfer);
  }
}
