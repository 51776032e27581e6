import { expect } from 'vitest';
import { FRAME_SAMPLES } from '../../src/audio/units.ts';
import type { Scope } from '../../src/platform/scope.ts';
import type { Captured } from './capture-sink.worker.ts';

/** A port whose frames are gathered on another thread, and what was gathered when the mark has come. */
export function sink(scope: Scope): { port: MessagePort; captured: Promise<Captured> } {
  const worker = new Worker(new URL('./capture-sink.worker.ts', import.meta.url), { type: 'module' });
  scope.add(() => worker.terminate());
  const { port1, port2 } = new MessageChannel();
  worker.postMessage(port2, [port2]);
  const captured = new Promise<Captured>((resolve) => {
    worker.onmessage = ({ data }: MessageEvent<Captured>) => resolve(data);
  });
  return { port: port1, captured };
}

/** Every frame follows the one before, all but the last are whole, the mark comes last and once. */
export function expectUnbroken({ log, samples }: Captured, epoch: number, mark: 'end' | 'close' = 'end'): void {
  expect(log[0]?.type).toBe('open');
  const frames = log.slice(1, -1);
  let due = 0;
  for (const [at, frame] of frames.entries()) {
    expect(frame.type).toBe('frame');
    expect(frame.sampleIndex).toBe(due);
    if (at < frames.length - 1) expect(frame.length).toBe(FRAME_SAMPLES);
    due += frame.length;
  }
  expect(log.at(-1)).toEqual({ type: mark, epoch, sampleIndex: due, length: 0 });
  expect(samples.length).toBe(due);
  expect(log.every((entry) => entry.epoch === epoch)).toBe(true);
}
