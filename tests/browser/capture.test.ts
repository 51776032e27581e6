import { afterEach, expect, it } from 'vitest';
import { FRAME_SAMPLES, SAMPLE_RATE } from '../../src/audio/units.ts';
import { openCapture, type Capture, type CaptureEvent, type CaptureOptions } from '../../src/capture/capture.ts';
import { microphoneFailure, microphonePermission } from '../../src/capture/failures.ts';
import { Scope } from '../../src/platform/scope.ts';
import { RunFlag } from '../../src/recognizer/run-flag.ts';
import type { Captured } from './capture-sink.worker.ts';
import { expectUnbroken, sink } from './sink.ts';

let scope = new Scope();
afterEach(() => {
  scope.dispose();
  scope = new Scope();
});

const elapsed = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

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
  const { port, captured } = sink(scope);
  const epoch = flag.begin();
  flag.set();
  const events: CaptureEvent[] = [];
  const capture = await openCapture({ flag, epoch, source, port, onEvent: (event) => events.push(event) });
  if (capture === null) throw new Error('the session has not ended');
  scope.add(() => void capture.stop());
  return { capture, flag, captured, events };
}

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
  const { port, captured } = sink(scope);
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

/** Every context that is made from now on, changed by `change` before anyone has it. */
function watchContexts(change: (context: AudioContext) => void = () => undefined): AudioContext[] {
  const contexts: AudioContext[] = [];
  const Real = AudioContext;
  globalThis.AudioContext = class extends Real {
    constructor(options?: AudioContextOptions) {
      super(options);
      contexts.push(this);
      change(this);
    }
  };
  scope.add(() => (globalThis.AudioContext = Real));
  return contexts;
}

it('F26 says that the audio is suspended, goes on by resume, and stops while suspended', async () => {
  const contexts = watchContexts();
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
  expect(contexts.map(({ state }) => state)).toEqual(['closed']);
});

it('captures at the device’s own rate where the browser refuses 16 kHz, as Firefox does', async () => {
  const contexts = watchContexts((context) => {
    if (context.sampleRate !== SAMPLE_RATE) return;
    context.createMediaStreamSource = () => {
      throw new DOMException('different sample-rate', 'NotSupportedError');
    };
  });
  const { capture, flag, captured } = await open();
  await elapsed(500);
  flag.clear();
  await capture.stop();
  const all = await captured;
  expectUnbroken(all, 1);
  expect(all.sampleRate).toBe(contexts[1]?.sampleRate);
  expect(all.sampleRate).toBeGreaterThan(SAMPLE_RATE);
  expect(contexts.map(({ state }) => state)).toEqual(['closed', 'closed']);
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
  const { port } = sink(scope);
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
    const { port } = sink(scope);
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
