import { SAMPLE_RATE } from '../../../src/audio/units.ts';
import type { CaptureMessage } from '../../../src/recognizer/capture-protocol.ts';
import type { RunFlag } from '../../../src/recognizer/run-flag.ts';

const FRAME_SAMPLES = 480;
/** Frames that may wait for their text: the two utterances that a person who never pauses for long leaves behind. */
const MAX_AHEAD = (30 * SAMPLE_RATE) / FRAME_SAMPLES;
const LOOK_EVERY_MS = 20;
/** Between two rounds of the clip, so that an utterance ends there. */
const PAUSE_SAMPLES = 1.2 * SAMPLE_RATE;

/** Stands in for the capture worklet, with a clock that runs as fast as what it hands over is written down. */
export class Soak {
  readonly #flag: RunFlag;
  readonly #epoch: number;
  readonly #port: MessagePort;
  /** Frames handed over. */
  #frames = 0;

  constructor(flag: RunFlag, epoch: number, port: MessagePort) {
    this.#flag = flag;
    this.#epoch = epoch;
    this.#port = port;
    this.#send({ type: 'open', epoch, sampleRate: SAMPLE_RATE });
  }

  /** Says the clip over and over for so long, in audio time. @returns when no more than the usual waits for its text. */
  async feed(clip: Float32Array, seconds: number): Promise<void> {
    const round = new Float32Array(clip.length + PAUSE_SAMPLES);
    round.set(clip);
    const end = this.#frames + Math.floor((seconds * SAMPLE_RATE) / FRAME_SAMPLES);
    while (this.#frames < end) {
      if (this.#frames - this.#flag.read('framesRecognised') > MAX_AHEAD) {
        await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
        continue;
      }
      const from = (this.#frames * FRAME_SAMPLES) % (round.length - FRAME_SAMPLES);
      const samples = round.slice(from, from + FRAME_SAMPLES);
      this.#send({ type: 'frame', epoch: this.#epoch, sampleIndex: this.#frames * FRAME_SAMPLES, samples }, samples);
      this.#frames++;
    }
  }

  #send(message: CaptureMessage, samples?: Float32Array<ArrayBuffer>): void {
    this.#port.postMessage(message, samples === undefined ? [] : [samples.buffer]);
  }
}
