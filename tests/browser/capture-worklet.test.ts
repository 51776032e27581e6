import { afterEach, expect, it } from 'vitest';
import { FRAME_SAMPLES, SAMPLE_RATE } from '../../src/audio/units.ts';
import { Scope } from '../../src/platform/scope.ts';
import type { CaptureCommand } from '../../src/recognizer/capture-protocol.ts';
import { RunFlag } from '../../src/recognizer/run-flag.ts';
import workletUrl from '../../workers/capture.worklet.ts?worker&url';
import { seeded } from '../support/seeded.ts';
import type { Captured } from './capture-sink.worker.ts';
import { expectUnbroken, sink } from './sink.ts';

let scope = new Scope();
afterEach(() => {
  scope.dispose();
  scope = new Scope();
});

const elapsed = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Lets the worklet itself hear `channels`, in a context that renders faster than real time and drops nothing. */
async function heard(channels: readonly Float32Array[], sampleRate: number): Promise<{ all: Captured; flag: RunFlag }> {
  const length = channels[0]?.length ?? 0;
  const context = new OfflineAudioContext(1, length, sampleRate);
  await context.audioWorklet.addModule(workletUrl);
  const node = new AudioWorkletNode(context, 'capture', { numberOfInputs: 1, numberOfOutputs: 0 });
  const buffer = context.createBuffer(channels.length, length, sampleRate);
  for (const [at, samples] of channels.entries()) buffer.getChannelData(at).set(samples);
  const source = new AudioBufferSourceNode(context, { buffer });
  source.connect(node);
  source.start();
  const flag = new RunFlag();
  const epoch = flag.begin();
  flag.set();
  const { port, captured } = sink(scope);
  const tell = (command: CaptureCommand, transfer: Transferable[] = []) => node.port.postMessage(command, transfer);
  tell({ type: 'open', flag: flag.buffer, epoch, port }, [port]);
  await elapsed(50);
  await context.startRendering();
  flag.clear();
  tell({ type: 'close' });
  return { all: await captured, flag };
}

it('hands over every sample in order, the last partial frame too, and ends with the mark', async () => {
  const random = seeded(1);
  const rendered = Float32Array.from({ length: SAMPLE_RATE * 20 + 128 }, () => random() * 2 - 1);
  const { all, flag } = await heard([rendered], SAMPLE_RATE);
  expectUnbroken(all, 1);
  expect(all.sampleRate).toBe(SAMPLE_RATE);
  expect(all.log.at(-2)?.length).toBe(128 + ((SAMPLE_RATE * 20) % FRAME_SAMPLES));
  expect(flag.read('framesCaptured')).toBe(all.log.length - 2);
  expect(all.samples).toEqual(rendered);
});

it('mixes all channels to one, at whatever rate the device has', async () => {
  const left = Float32Array.from({ length: 44_100 }, (_, i) => (i % 100) / 100);
  const right = Float32Array.from({ length: 44_100 }, (_, i) => (i % 7) / -7);
  const { all } = await heard([left, right], 44_100);
  expect(all.sampleRate).toBe(44_100);
  expect(all.samples.length).toBeGreaterThanOrEqual(44_100);
  const wrong = left.findIndex((sample, i) => Math.abs((sample + (right[i] ?? 0)) / 2 - (all.samples[i] ?? 9)) > 1e-6);
  expect(wrong).toBe(-1);
});

it('F43 makes silence of what is no number and clips what is too loud', async () => {
  const odd = [Number.NaN, Infinity, -Infinity, 3, -3, 0.5, 0, 0];
  const { all } = await heard([Float32Array.from({ length: SAMPLE_RATE }, (_, i) => odd[i % 8] ?? 0)], SAMPLE_RATE);
  expect([...all.samples.subarray(8, 16)]).toEqual([0, 0, 0, 1, -1, 0.5, 0, 0]);
  expect(all.samples.every((sample, i) => sample === all.samples[i % 8])).toBe(true);
});
