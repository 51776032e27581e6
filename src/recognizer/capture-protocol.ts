/** What the audio thread is told, and what it says. Types only; see `protocol.ts`. */

export type CaptureMessage =
  /** First on every port. `sampleRate` is the context's: 16,000, or the device's own where the browser refuses. */
  | { readonly type: 'open'; readonly epoch: number; readonly sampleRate: number }
  /** One frame, mono. `sampleIndex` counts from the session's start at the port's `sampleRate`. The buffer is transferred. */
  | { readonly type: 'frame'; readonly epoch: number; readonly sampleIndex: number; readonly samples: Float32Array }
  /** After the last, partial frame: nothing more comes. `sampleIndex` is where the next sample would have been. */
  | { readonly type: 'end'; readonly epoch: number; readonly sampleIndex: number }
  /** Nothing more comes on this port, but the session goes on: the microphone was lost (F24) or the audio is rebuilt (F26). */
  | { readonly type: 'close'; readonly epoch: number; readonly sampleIndex: number };

/** The page to its capture worklet, on the node's own port. */
export type CaptureCommand =
  /** Once, first. Frames leave on `port`; samples before this are not captured. */
  | { readonly type: 'open'; readonly flag: SharedArrayBuffer; readonly epoch: number; readonly port: MessagePort }
  /** Hand over the partial frame and end, whatever the flag says: the microphone is lost, or the audio is suspended. */
  | { readonly type: 'close' };

/** The capture worklet to the page: the last partial frame and the mark have been handed over. */
export interface CaptureNotice {
  readonly type: 'finished';
  readonly sampleCount: number;
}
