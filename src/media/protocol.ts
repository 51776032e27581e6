/**
 * What the page and the media worker say to each other. Types only. One worker reads one file once: whoever wants it to stop ends
 * the worker, which a decoder that hangs cannot prevent (F41).
 *
 *     page ──ReadRequest──▶ media.worker ──CaptureMessage──▶ speech.worker
 *       ◀────MediaEvent──────────┘
 *
 * Times are sample indices at 16 kHz from the file's start, also when reading begins further on.
 */
import type { Failure } from '../platform/failure.ts';

export interface ReadRequest {
  readonly file: Blob;
  /** Where to begin: everything before it has been written down. */
  readonly fromSample: number;
  readonly flag: SharedArrayBuffer;
  readonly epoch: number;
  /** Samples leave here, mono, 16 kHz, in blocks of a second, as a capture's frames would. Their indices begin at zero. */
  readonly out: MessagePort;
}

/** The request as the worker gets it. */
export interface ReadMessage extends ReadRequest {
  /** A {@link PageDecoder} (comlink). */
  readonly decoder: MessagePort;
}

/** What only a page can do: a browser that has no WebCodecs, or not this codec in them, may still decode whole files. */
export interface PageDecoder {
  /**
   * @param file a small one; transferred.
   * @param sampleRate in Hz, at which the sound is wanted: the file's own.
   * @returns one plane a channel. Rejects when the browser cannot decode it.
   */
  decode(file: ArrayBuffer, sampleRate: number): Promise<Float32Array<ArrayBuffer>[]>;
}

export type MediaEvent =
  /** There is sound in it, and this browser can decode it. `durationSamples`: `null` when the file does not say. */
  | { readonly type: 'opened'; readonly durationSamples: number | null }
  /** The file did not say how long it is; it has been looked through since. */
  | { readonly type: 'measured'; readonly durationSamples: number }
  /** Sound up to here has been handed over. */
  | { readonly type: 'read'; readonly sampleIndex: number }
  /** Enough waits for the recogniser: reading rests, however long that takes. */
  | { readonly type: 'resting' }
  /**
   * All of it has been handed over. `damaged`: parts could not be decoded, or it ended before its time (F37).
   */
  | { readonly type: 'ended'; readonly sampleIndex: number; readonly damaged: boolean }
  | { readonly type: 'failed'; readonly failure: Failure };
