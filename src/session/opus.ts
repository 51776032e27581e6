import {
  AudioSample,
  AudioSampleSource,
  BufferTarget,
  canEncodeAudio,
  OggOutputFormat,
  Output,
  Quality,
} from 'mediabunny';
import { SAMPLE_RATE } from '../audio/units.ts';

/** Sound that is read piece by piece. */
export interface Sound {
  /** Mono, at 16 kHz. */
  readonly samples: number;
  read(startSample: number, endSample: number): Promise<Float32Array<ArrayBuffer>>;
}

/** Speech at 16 kHz loses nothing that is heard at this rate; an hour is 11 MB. */
const QUALITY = new Quality({ bitrate: 24_000 });
/** Read and encoded at once: ten seconds. */
const STRETCH_SAMPLES = 10 * SAMPLE_RATE;

/** Whether this browser has an encoder for it. */
export const canEncodeOpus = (): Promise<boolean> =>
  canEncodeAudio('opus', { sampleRate: SAMPLE_RATE, numberOfChannels: 1, quality: QUALITY });

/**
 * Opus in Ogg.
 * @param progress called with the part that is done, 0 to 1.
 * @throws DOMException when the sound cannot be read, or the browser's encoder fails.
 */
export async function toOpus(sound: Sound, progress: (done: number) => void): Promise<Blob> {
  const target = new BufferTarget();
  const output = new Output({ format: new OggOutputFormat(), target });
  const source = new AudioSampleSource({ codec: 'opus', quality: QUALITY });
  output.addAudioTrack(source);
  await output.start();
  try {
    for (let start = 0; start < sound.samples; start += STRETCH_SAMPLES) {
      const data = await sound.read(start, Math.min(sound.samples, start + STRETCH_SAMPLES));
      const format = { format: 'f32', numberOfChannels: 1, sampleRate: SAMPLE_RATE } as const;
      const sample = new AudioSample({ ...format, data, timestamp: start / SAMPLE_RATE });
      await source.add(sample);
      sample.close();
      progress(start / sound.samples);
    }
    await output.finalize();
  } catch (error) {
    await output.cancel();
    throw error;
  }
  return new Blob([target.buffer ?? new ArrayBuffer(0)], { type: 'audio/ogg' });
}
