/** Stands where the speech worker stands: takes frames off the UI thread, and hands over all of them when the mark has come. */
import type { CaptureMessage } from '../../src/recognizer/capture-protocol.ts';

export interface Captured {
  /** Every message in order, without its samples. */
  readonly log: readonly {
    readonly type: CaptureMessage['type'];
    readonly epoch: number;
    readonly sampleIndex: number;
    readonly length: number;
  }[];
  readonly samples: Float32Array;
  readonly sampleRate: number;
}

addEventListener('message', ({ data: port }: MessageEvent<MessagePort>) => {
  const log: Captured['log'][number][] = [];
  const frames: Float32Array[] = [];
  let sampleRate = 0;
  port.onmessage = ({ data }: MessageEvent<CaptureMessage>) => {
    const samples = data.type === 'frame' ? data.samples : new Float32Array();
    log.push({
      type: data.type,
      epoch: data.epoch,
      sampleIndex: data.type === 'open' ? 0 : data.sampleIndex,
      length: samples.length,
    });
    frames.push(samples);
    if (data.type === 'open') sampleRate = data.sampleRate;
    if (data.type !== 'end' && data.type !== 'close') return;
    const all = new Float32Array(frames.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const frame of frames) {
      all.set(frame, at);
      at += frame.length;
    }
    postMessage({ log, samples: all, sampleRate } satisfies Captured);
  };
});
