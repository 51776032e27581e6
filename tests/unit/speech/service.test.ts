import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as ort from 'onnxruntime-web/wasm';
import { afterEach, describe, expect, it } from 'vitest';
import { FRAME_SAMPLES, SAMPLE_RATE, secondsToSamples } from '../../../src/audio/units.ts';
import { FailureError } from '../../../src/platform/failure.ts';
import type { CaptureMessage } from '../../../src/recognizer/capture-protocol.ts';
import type { Done, Pull, SegmentMode, SpeechEvent, Work } from '../../../src/recognizer/protocol.ts';
import { RunFlag } from '../../../src/recognizer/run-flag.ts';
import { Detector } from '../../../workers/speech/detector.ts';
import { memoryFiles } from '../../../workers/speech/recording/memory.ts';
import { SpeechService } from '../../../workers/speech/service.ts';
import { fixture, readWav } from '../../fixtures/wav.ts';

ort.env.wasm.numThreads = 1;
const MODEL = createRequire(import.meta.url).resolve('@ricky0123/vad-web/dist/silero_vad_v6.onnx');
const loadDetector = (): Promise<Detector> => Detector.load(ort, readFileSync(MODEL));

const CALLBACK = readWav(fixture('callback').path).samples;

const ports: MessagePort[] = [];
afterEach(() => {
  for (const port of ports.splice(0)) port.close();
});

function channel(): MessageChannel {
  const made = new MessageChannel();
  ports.push(made.port1, made.port2);
  return made;
}

type Passed = Extract<Work, { type: 'work' }>;

/** The speech worker's service with real detector and ports, and a Whisper that is done at once. */
function start(load: () => Promise<Detector> = loadDetector) {
  const service = new SpeechService(load, () => Promise.resolve(memoryFiles()));
  const flag = new RunFlag();
  const events: SpeechEvent[] = [];
  const eventPorts = channel();
  eventPorts.port1.onmessage = ({ data }: MessageEvent<SpeechEvent>) => events.push(data);
  service.init(flag.buffer, eventPorts.port2);

  const passes: Passed[] = [];
  const drained: number[] = [];
  const whisper = channel();
  const pull = (done: Done | null): void => whisper.port1.postMessage({ type: 'pull', done } satisfies Pull);
  whisper.port1.onmessage = ({ data }: MessageEvent<Work>) => {
    if (data.type === 'drained') {
      drained.push(data.epoch);
      pull(null);
      return;
    }
    passes.push(data);
    const { epoch, utterance, pass, startSample } = data;
    pull({ epoch, utterance, pass, keepFromSample: startSample });
  };
  service.connect(whisper.port2);
  pull(null);

  const session = (mode: SegmentMode) => {
    const epoch = flag.begin();
    flag.set();
    return { epoch, feed: (...messages: FeedMessage[]) => feed(service, epoch, mode, messages) };
  };
  const of = <T extends SpeechEvent['type']>(type: T): Extract<SpeechEvent, { type: T }>[] =>
    events.filter((event): event is Extract<SpeechEvent, { type: T }> => event.type === type);
  return { service, flag, events, of, passes, drained, session };
}

type FeedMessage = Float32Array | 'end' | 'close' | { readonly skip: number };

/** A capture port of its own on which these come. */
function feed(service: SpeechService, epoch: number, mode: SegmentMode, messages: readonly FeedMessage[]): void {
  const { port1, port2 } = channel();
  service.open(epoch, port1, mode);
  const post = (message: CaptureMessage): void => port2.postMessage(message);
  post({ type: 'open', epoch, sampleRate: SAMPLE_RATE });
  let sampleIndex = 0;
  for (const message of messages) {
    if (message === 'end' || message === 'close') post({ type: message, epoch, sampleIndex });
    else if ('skip' in message) sampleIndex += message.skip;
    else {
      for (let at = 0; at < message.length; at += FRAME_SAMPLES) {
        const samples = message.slice(at, at + FRAME_SAMPLES);
        post({ type: 'frame', epoch, sampleIndex, samples });
        sampleIndex += samples.length;
      }
    }
  }
}

const soon = { timeout: 15_000 };

describe('SpeechService', { timeout: 20_000 }, () => {
  it(
    'keeps audio while the detector cannot be loaded, tells once why, and catches up',
    { timeout: 15_000 },
    async () => {
      let tries = 0;
      const river = start(() => {
        tries++;
        if (tries < 3) return Promise.reject(new FailureError({ name: 'offline-without-model' }));
        return loadDetector();
      });
      const { epoch, feed } = river.session('live');
      feed(CALLBACK, 'end');
      await expect.poll(() => river.drained, soon).toEqual([epoch]);
      expect(tries).toBe(3);
      expect(river.of('backlog').some(({ pendingSamples }) => pendingSamples > 2 * SAMPLE_RATE)).toBe(true);
      expect(river.of('failed').map(({ failure }) => failure.name)).toEqual(['offline-without-model']);
      expect(river.of('gate-ready').length).toBe(1);
      expect(river.passes.filter(({ pass }) => pass === 'final').length).toBeGreaterThan(0);
      expect(river.flag.counters()).toMatchObject({ framesReceived: 92, framesRecognised: 92, framesDropped: 0 });
    },
  );

  it('F24 makes the words before a break final, and goes on with another port', async () => {
    const river = start();
    const { epoch, feed } = river.session('live');
    const broken = CALLBACK.slice(0, secondsToSamples(1.3));
    feed(broken, 'close');
    await expect.poll(() => river.passes.filter(({ pass }) => pass === 'final').length, soon).toBe(1);
    expect(river.of('gap')).toEqual([{ type: 'gap', epoch, sampleIndex: broken.length }]);
    expect(river.drained).toEqual([]);
    feed(CALLBACK, 'end');
    await expect.poll(() => river.drained, soon).toEqual([epoch]);
    const finals = river.passes.filter(({ pass }) => pass === 'final');
    expect(finals.length).toBeGreaterThan(1);
    expect(finals[1]?.startSample).toBeGreaterThanOrEqual(broken.length - 1);
    expect(river.of('captured')).toEqual([{ type: 'captured', epoch, sampleCount: broken.length + CALLBACK.length }]);
  });

  it('F26 hears a port to its end before the one that replaces it', async () => {
    const river = start();
    const { epoch, feed } = river.session('live');
    feed(CALLBACK, 'close');
    feed(CALLBACK, 'end');
    await expect.poll(() => river.drained, soon).toEqual([epoch]);
    expect(river.of('captured')).toEqual([{ type: 'captured', epoch, sampleCount: 2 * CALLBACK.length }]);
    expect(river.flag.read('framesReceived')).toBe(2 * 92);
  });

  it('F26 does not wait for the end of a port whose thread is gone', async () => {
    const river = start();
    const { epoch, feed } = river.session('live');
    feed(CALLBACK);
    feed(CALLBACK, 'end');
    await expect.poll(() => river.drained, soon).toEqual([epoch]);
    expect(river.of('gap')).toEqual([{ type: 'gap', epoch, sampleIndex: CALLBACK.length }]);
    expect(river.of('captured')).toEqual([{ type: 'captured', epoch, sampleCount: 2 * CALLBACK.length }]);
  });

  it('keeps times true and counts what is missing when a frame does not come', async () => {
    const river = start();
    const { epoch, feed } = river.session('live');
    feed(CALLBACK, { skip: 2 * FRAME_SAMPLES }, CALLBACK, 'end');
    await expect.poll(() => river.drained, soon).toEqual([epoch]);
    expect(river.flag.read('framesDropped')).toBe(2);
    const sampleCount = 2 * CALLBACK.length + 2 * FRAME_SAMPLES;
    expect(river.of('captured')).toEqual([{ type: 'captured', epoch, sampleCount }]);
  });

  it('throws away what comes from another session', async () => {
    const river = start();
    const late = river.session('live');
    late.feed(CALLBACK);
    const { epoch, feed } = river.session('live');
    late.feed('end');
    feed(CALLBACK, 'end');
    await expect.poll(() => river.drained, soon).toEqual([epoch]);
    expect(river.passes.every((pass) => pass.epoch === epoch)).toBe(true);
    expect(river.flag.read('framesReceived')).toBe(92);
  });

  it('tells the backlog as it grows and when it is gone', async () => {
    const river = start();
    const { epoch, feed } = river.session('file');
    feed(CALLBACK, 'end');
    await expect.poll(() => river.drained, soon).toEqual([epoch]);
    const pending = river.of('backlog').map(({ pendingSamples }) => pendingSamples);
    expect(Math.max(...pending)).toBeGreaterThan(SAMPLE_RATE);
    expect(pending.at(-1)).toBe(0);
  });

  it('F35 hears no speech in silence, noise or music', async () => {
    const river = start();
    for (const id of ['silence', 'noise', 'music']) {
      const { epoch, feed } = river.session('live');
      feed(readWav(fixture(id).path).samples, 'end');
      await expect.poll(() => river.drained.at(-1), soon).toBe(epoch);
    }
    expect(river.passes).toEqual([]);
  });
});
