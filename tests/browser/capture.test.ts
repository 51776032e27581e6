import { afterEach, expect, it } from 'vitest';
import { FRAME_SAMPLES, SAMPLE_RATE } from '../../src/audio/units.ts';
import { openCapture, type Capture, type CaptureEvent, type CaptureOptions } from '../../src/capture/capture.ts';
import { microphoneFailure, microphonePermission } from '../../src/capture/failures.ts';
import { Scope } from '../../src/platform/scope.ts';
import { RunFlag } from '../../src/recognizer/run-flag.ts';
import type { CaptureCommand } from '../../src/recognizer/protocol.ts';
import workletUrl from '../../workers/capture.worklet.ts?worker&url';
import { seeded } from '../support/seeded.ts';
import type { Captured } from './capture-sink.worker.ts';

let scope = new Scope();
afterEach(() => {
  scope.dispose();
  scope = new Scope();
});

const elapsed = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A port whose frames are gathered on another thread, and what was gathered when the mark has come. */
function sink(): { port: MessagePort; captured: Promise<Captured> } {
  const worker = new Worker(new URL('./capture-sink.worker.ts', import.meta.url), { type: 'module' });
  scope.add(() => worker.terminate());
  const { port1, port2 } = new MessageChannel();
  worker.postMessage(port2, [port2]);
  const captured = new Promise<Captured>((resolve) => {
    worker.onmessage = ({ data }: MessageEvent<Captured>) => resolve(data);
  });
  return { port: port1, captured };
}

/** A stream of one's own making, at the pipeline's rate. */
function streamOf(fill: (sampleIndex: number) => number, seconds: number): MediaStream {
  const context = new AudioContext({ sampleRate: SAMPLE_RATE });
  scope.add(() => void context.close());
  const buffer = context.createBuffer(1, seconds * SAMPLE_RATE, SAMPLE_RATE);
  buffer.getChannelData(0).set(Float32Array.from({ length: buffer.length }, (_, i) => fill(i)));
  const destination = context.createMediaStreamDestination();
  const source = new AudioBufferSourceNode(context, { buffer });
  source.connect(destination);
  source.start();
  return destination.stream;
}

interface Opened {
  readonly capture: Capture;
  readonly flag: RunFlag;
  readonly captured: Promise<Captured>;
  readonly events: CaptureEvent[];
}

async function open(source: CaptureOptions['source'] = { deviceId: null }, flag = new RunFlag()): Promise<Opened> {
  const { port, captured } = sink();
  const epoch = flag.begin();
  flag.set();
  const events: CaptureEvent[] = [];
  const capture = await openCapture({ flag, epoch, source, port, onEvent: (event) => events.push(event) });
  if (capture === null) throw new Error('the session has not ended');
  scope.add(() => void capture.stop());
  return { capture, flag, captured, events };
}

/** Every frame follows the one before, all but the last are whole, the mark comes last and once. */
function expectUnbroken({ log, samples }: Captured, epoch: number, mark: 'end' | 'close' = 'end'): void {
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
  const { port, captured } = sink();
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

it('captures from the microphone at 16 kHz and turns it off at once', async () => {
  const { capture, flag, captured, events } = await open();
  await elapsed(800);
  flag.clear();
  const clearedMs = performance.now();
  await capture.stop();
  expect(performance.now() - clearedMs).toBeLessThan(300);
  const all = await captured;
  expectUnbroken(all, 1);
  expect(all.samples.some((sample) => sample !== 0)).toBe(true);
  expect(capture.sampleRate).toBe(SAMPLE_RATE);
  expect(capture.label).not.toBe('');
  expect(events).toEqual([]);
});

it('waits for the flag instead of stopping, when it was started first', async () => {
  const flag = new RunFlag();
  const epoch = flag.begin();
  const { port, captured } = sink();
  const capture = await openCapture({ flag, epoch, source: { deviceId: null }, port, onEvent: () => undefined });
  await elapsed(400);
  expect(flag.read('framesCaptured')).toBe(0);
  flag.set();
  await elapsed(400);
  expect(flag.read('framesCaptured')).toBeGreaterThan(5);
  flag.clear();
  await capture?.stop();
  expectUnbroken(await captured, epoch);
});

it('ends by the flag alone, also when it is another session’s', async () => {
  const first = await open();
  await elapsed(300);
  first.flag.clear();
  const second = await open({ deviceId: null }, first.flag);
  expectUnbroken(await first.captured, 1);
  await elapsed(300);
  second.flag.clear();
  expectUnbroken(await second.captured, 2);
});

it('F24 hands over what was heard when the microphone is lost, and the session goes on', async () => {
  const stream = streamOf(() => 0.1, 5);
  const { flag, captured, events } = await open({ stream });
  await elapsed(400);
  const [track] = stream.getAudioTracks();
  track?.stop();
  // A device that is unplugged ends its track with this event; a call of stop() does not.
  track?.dispatchEvent(new Event('ended'));
  const all = await captured;
  expectUnbroken(all, 1, 'close');
  expect(all.samples.length).toBeGreaterThan(0);
  expect(events).toEqual([{ type: 'lost' }]);
  expect(flag.isSet()).toBe(true);
});

it('F23 falls back to the default device when the chosen one is gone', async () => {
  const { capture, flag } = await open({ deviceId: 'no-such-device' });
  expect(capture.replaced).toBe(true);
  flag.clear();
  await capture.stop();
});

it('F26 says that the audio is suspended, goes on by resume, and stops while suspended', async () => {
  const contexts: AudioContext[] = [];
  const Real = AudioContext;
  globalThis.AudioContext = class extends Real {
    constructor(options?: AudioContextOptions) {
      super(options);
      contexts.push(this);
    }
  };
  scope.add(() => (globalThis.AudioContext = Real));
  const { capture, flag, captured, events } = await open();
  await elapsed(300);
  await contexts[0]?.suspend();
  await expect.poll(() => events).toEqual([{ type: 'suspended', suspended: true }]);
  const before = flag.read('framesCaptured');
  expect(await capture.resume()).toBe(true);
  await expect.poll(() => events.at(-1)).toEqual({ type: 'suspended', suspended: false });
  await expect.poll(() => flag.read('framesCaptured')).toBeGreaterThan(before + 3);
  await contexts[0]?.suspend();
  flag.clear();
  await capture.stop();
  expectUnbroken(await captured, 1);
});

it('F22 tells a refusal from a question that was closed', async () => {
  expect(microphoneFailure(new DOMException('', 'NotAllowedError'), 'denied')).toEqual({ name: 'microphone-denied' });
  expect(microphoneFailure(new DOMException('', 'NotAllowedError'), 'prompt')).toEqual({
    name: 'microphone-dismissed',
  });
  expect(await microphonePermission()).toBe('granted');
});

it('F23 names what keeps a microphone from opening, and leaves nothing open', async () => {
  const { mediaDevices } = navigator;
  const real = mediaDevices.getUserMedia;
  scope.add(() => (mediaDevices.getUserMedia = real));
  for (const [thrown, name] of [
    ['NotFoundError', 'microphone-missing'],
    ['NotReadableError', 'microphone-busy'],
    ['TypeError', 'capture-failed'],
  ] as const) {
    mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', thrown));
    await expect(open({ deviceId: 'chosen' })).rejects.toMatchObject({ failure: { name } });
  }
});

it('opens nothing when the session ended during the permission question', async () => {
  const { mediaDevices } = navigator;
  const real = mediaDevices.getUserMedia.bind(mediaDevices);
  scope.add(() => (mediaDevices.getUserMedia = real));
  const streams: MediaStream[] = [];
  const flag = new RunFlag();
  mediaDevices.getUserMedia = async (constraints) => {
    const stream = await real(constraints);
    streams.push(stream);
    flag.clear();
    return stream;
  };
  const epoch = flag.begin();
  flag.set();
  const { port } = sink();
  expect(await openCapture({ flag, epoch, source: { deviceId: null }, port, onEvent: () => undefined })).toBe(null);
  expect(streams.map((stream) => stream.getTracks()[0]?.readyState)).toEqual(['ended']);
});

it('F27 leaves no microphone open, however start and stop are hammered', async () => {
  const opened: MediaStream[] = [];
  const { mediaDevices } = navigator;
  const real = mediaDevices.getUserMedia.bind(mediaDevices);
  mediaDevices.getUserMedia = async (constraints) => {
    const stream = await real(constraints);
    opened.push(stream);
    return stream;
  };
  scope.add(() => (mediaDevices.getUserMedia = real));
  const flag = new RunFlag();
  const opening: Promise<Capture | null>[] = [];
  for (let round = 0; round < 10; round++) {
    const { port } = sink();
    const epoch = flag.begin();
    flag.set();
    opening.push(openCapture({ flag, epoch, source: { deviceId: null }, port, onEvent: () => undefined }));
    if (round % 3 === 0) await elapsed(round * 10);
    flag.clear();
  }
  for (const capture of await Promise.all(opening)) await capture?.stop();
  expect(opened.length).toBe(10);
  const live = opened.flatMap((stream) => stream.getTracks()).filter(({ readyState }) => readyState === 'live');
  expect(live).toEqual([]);
});

it('F29 loses no frame while the UI thread is blocked for 5 s', async () => {
  const { capture, flag, captured } = await open();
  await elapsed(300);
  const before = flag.read('framesCaptured');
  const until = performance.now() + 5_000;
  while (performance.now() < until);
  expect(flag.read('framesCaptured') - before).toBeGreaterThan((4.5 * SAMPLE_RATE) / FRAME_SAMPLES);
  flag.clear();
  await capture.stop();
  const all = await captured;
  expectUnbroken(all, 1);
  expect(all.log.length - 2).toBe(flag.read('framesCaptured'));
});
