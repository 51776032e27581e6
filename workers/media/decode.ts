import { AudioSampleSink, type AudioSample, type InputAudioTrack } from 'mediabunny';
import { mixToMono } from './mono.ts';
import type { Piece } from './stream.ts';

/** A decoder that starts in the middle needs a moment until what it gives is true. */
export const RUN_UP_SECONDS = 0.25;
/** After a packet that cannot be decoded the next try is made so much further on; the last one gives up. */
const SKIP_SECONDS = [0.1, 1, 10] as const;
/** A file with more holes than this is noise. */
export const MAX_HOLES = 100;

/** A decoder's pieces in their order. Afterwards `damaged` says whether some of them were lost. */
export interface Decoding {
  /** Parts could not be decoded (F37). */
  readonly damaged: boolean;
  /** Where the last piece ended. */
  readonly endSeconds: number;
  /**
   * @param fromSeconds the first piece begins before it, or at the file's start.
   * @throws the decoder's error when nothing at all could be decoded; the browser's when the file cannot be read any more.
   */
  pieces(fromSeconds: number): AsyncGenerator<Piece>;
}

/** {@link Decoding} by WebCodecs, packet by packet. */
export class StreamDecoding implements Decoding {
  readonly #track: InputAudioTrack;
  #damaged = false;
  #endSeconds = 0;

  constructor(track: InputAudioTrack) {
    this.#track = track;
  }

  get damaged(): boolean {
    return this.#damaged;
  }

  get endSeconds(): number {
    return this.#endSeconds;
  }

  async *pieces(fromSeconds: number): AsyncGenerator<Piece> {
    let from = Math.max(0, fromSeconds - RUN_UP_SECONDS);
    let skips = 0;
    for (let holes = 0; ; holes++) {
      try {
        for await (const sample of new AudioSampleSink(this.#track).samples(from === 0 ? undefined : from)) {
          const piece = pieceOf(sample);
          if (piece.samples.length === 0) continue;
          skips = 0;
          this.#endSeconds = piece.timeSeconds + piece.samples.length / piece.sampleRate;
          yield piece;
        }
        return;
      } catch (error) {
        if (isReadError(error)) throw error;
        const skip = SKIP_SECONDS[skips++];
        if (skip === undefined || holes >= MAX_HOLES) {
          if (this.#endSeconds === 0) throw error;
          this.#damaged = true;
          return;
        }
        this.#damaged = true;
        from = Math.max(from, this.#endSeconds) + skip;
      }
    }
  }
}

/** The browser's words for a file that is gone or has changed since it was opened. */
export const isReadError = (error: unknown): error is DOMException =>
  error instanceof DOMException && (error.name === 'NotReadableError' || error.name === 'NotFoundError');

/** Copies the sample out, mixed to mono, and gives it back to the decoder. */
function pieceOf(sample: AudioSample): Piece {
  try {
    const channels = Array.from({ length: sample.numberOfChannels }, (_, planeIndex) => {
      const plane = new Float32Array(sample.numberOfFrames);
      sample.copyTo(plane, { planeIndex, format: 'f32-planar' });
      return plane;
    });
    return { timeSeconds: sample.timestamp, sampleRate: sample.sampleRate, samples: mixToMono(channels) };
  } finally {
    sample.close();
  }
}
