/**
 * The audio thread: takes what the microphone gives, mixes it to mono and hands it over in frames.
 *
 * Thread rights: reads the run flag, counts `framesCaptured`, writes nothing else that is shared. Nothing here waits and nothing
 * but the frame that is handed over is allocated in `process()`.
 */
import { FRAME_SAMPLES } from '../src/audio/units.ts';
import type { CaptureCommand, CaptureMessage, CaptureNotice } from '../src/recognizer/capture-protocol.ts';
import { RunFlag } from '../src/recognizer/run-flag.ts';

/** What the page hands over once: a MessagePort cannot travel in `processorOptions`. */
interface Task {
  readonly flag: RunFlag;
  readonly epoch: number;
  readonly out: MessagePort;
}

class CaptureProcessor extends AudioWorkletProcessor {
  #task: Task | null = null;
  #done = false;
  #frame = new Float32Array(FRAME_SAMPLES);
  #filled = 0;
  /** Samples handed over so far. */
  #sampleIndex = 0;
  /** Where on the render clock the next sample is due. A quantum in which the input is inactive is made up with silence. */
  #dueFrame = 0;

  constructor() {
    super();
    this.port.onmessage = ({ data }: MessageEvent<CaptureCommand>) => {
      if (data.type === 'open') {
        this.#task = { flag: new RunFlag(data.flag), epoch: data.epoch, out: data.port };
        this.#send({ type: 'open', epoch: data.epoch, sampleRate });
      } else {
        // Also reached while the context is suspended and process() is not called.
        this.#finish();
      }
    };
  }

  process(inputs: Float32Array[][]): boolean {
    if (this.#done) return false;
    const task = this.#task;
    const running = task !== null && task.flag.isRunning(task.epoch);
    if (!running && task !== null && task.flag.hasEnded(task.epoch)) {
      this.#finish();
      return false;
    }
    const input = inputs[0];
    const quantum = input?.[0]?.length ?? 0;
    if (running) {
      for (; this.#dueFrame < currentFrame; this.#dueFrame++) this.#push(0);
      for (let i = 0; i < quantum; i++) this.#push(mixed(input, i));
    }
    this.#dueFrame = currentFrame + quantum;
    return true;
  }

  #push(sample: number): void {
    this.#frame[this.#filled++] = sample;
    if (this.#filled === FRAME_SAMPLES) this.#handOver(this.#frame);
  }

  #handOver(samples: Float32Array<ArrayBuffer>): void {
    const task = this.#task;
    if (task === null) return;
    task.flag.count('framesCaptured');
    const { length } = samples;
    const message: CaptureMessage = { type: 'frame', epoch: task.epoch, sampleIndex: this.#sampleIndex, samples };
    task.out.postMessage(message, [samples.buffer]);
    this.#sampleIndex += length;
    this.#frame = new Float32Array(FRAME_SAMPLES);
    this.#filled = 0;
  }

  /** The last partial frame, then the mark. Once. */
  #finish(): void {
    if (this.#done) return;
    this.#done = true;
    const task = this.#task;
    if (task !== null) {
      if (this.#filled > 0) this.#handOver(this.#frame.slice(0, this.#filled));
      const type = task.flag.hasEnded(task.epoch) ? 'end' : 'close';
      this.#send({ type, epoch: task.epoch, sampleIndex: this.#sampleIndex });
      task.out.close();
    }
    const notice: CaptureNotice = { type: 'finished', sampleCount: this.#sampleIndex };
    this.port.postMessage(notice);
  }

  #send(message: CaptureMessage): void {
    this.#task?.out.postMessage(message);
  }
}

/** The mean of all channels, within [-1, 1]; what is no number is silence (F43). Devices do deliver peaks above 1. */
function mixed(channels: Float32Array[] | undefined, at: number): number {
  if (channels === undefined) return 0;
  let sum = 0;
  for (let channel = 0; channel < channels.length; channel++) sum += channels[channel]?.[at] ?? 0;
  const sample = sum / channels.length;
  if (!Number.isFinite(sample)) return 0;
  return sample > 1 ? 1 : sample < -1 ? -1 : sample;
}

registerProcessor('capture', CaptureProcessor);
