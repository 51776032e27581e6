import { SAMPLE_RATE } from '../../../src/audio/units.ts';

/** A stream that stands in for a microphone: it hears a clip at real time, and silence before and after. */
export interface Player {
  readonly stream: MediaStream;
  /** Plays the clip once. @returns when its first sample sounds and when its last has, on the clock of `performance.now()`. */
  play(): Promise<{ readonly startMs: number; readonly endMs: number }>;
  close(): Promise<void>;
}

/** Long enough for the clock of the context and the source to agree on the start. */
const LEAD_SECONDS = 0.1;

export async function openPlayer(samples: Float32Array<ArrayBuffer>): Promise<Player> {
  const context = new AudioContext();
  await context.resume();
  const buffer = context.createBuffer(1, samples.length, SAMPLE_RATE);
  buffer.copyToChannel(samples, 0);
  const device = context.createMediaStreamDestination();
  return {
    stream: device.stream,
    async play() {
      const source = context.createBufferSource();
      source.buffer = buffer;
      source.connect(device);
      const ended = new Promise((resolve) => source.addEventListener('ended', resolve, { once: true }));
      const startMs = performance.now() + LEAD_SECONDS * 1000;
      source.start(context.currentTime + LEAD_SECONDS);
      await ended;
      return { startMs, endMs: startMs + buffer.duration * 1000 };
    },
    close: () => context.close(),
  };
}
