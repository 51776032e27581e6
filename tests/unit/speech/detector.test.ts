import { describe, expect, it } from 'vitest';
import { SAMPLE_RATE } from '../../../src/audio/units.ts';
import { FailureError } from '../../../src/platform/failure.ts';
import type { Heard, ToHear } from '../../../src/recognizer/detector-protocol.ts';
import { brokenDetector, CALLBACK, channel, detector, feed, loadDetector, soon, start } from './river.ts';

describe('the detector on its own thread', { timeout: 20_000 }, () => {
  it(
    'keeps audio while the detector cannot be loaded, tells once why, and catches up',
    { timeout: 15_000 },
    async () => {
      let tries = 0;
      const river = start(
        detector(() => {
          tries++;
          if (tries < 3) return Promise.reject(new FailureError({ name: 'offline-without-model' }));
          return loadDetector();
        }),
      );
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

  it('F31 keeps sound while there is no detector yet', async () => {
    const river = start(null);
    const epoch = river.flag.begin();
    river.flag.set();
    const place = { id: 'early', startSample: 0 };
    feed(river.service, epoch, 'live', [CALLBACK], place);
    await expect.poll(() => river.of('recorded').at(-1)?.sampleCount, soon).toBeGreaterThan(2 * SAMPLE_RATE);
    expect(river.of('gate-ready')).toEqual([]);
    river.service.connectDetector(detector());
    feed(river.service, epoch, 'live', ['end']);
    await expect.poll(() => river.drained, soon).toEqual([epoch]);
    expect(river.passes.some(({ pass }) => pass === 'final')).toBe(true);
  });

  it.each([
    ['breaks', (port: MessagePort) => port.postMessage({ type: 'broken', detail: 'RuntimeError' } satisfies Heard)],
    ['says nothing more', () => undefined],
  ])('names a detector that %s, and lets another one hear the same', async (_, asked) => {
    const river = start(brokenDetector(asked), 100);
    const { epoch, feed } = river.session('live');
    feed(CALLBACK, 'end');
    const named = { name: 'worker-crashed', worker: 'detector' };
    await expect
      .poll(() => river.of('failed').map(({ failure }) => failure), soon)
      .toEqual([expect.objectContaining(named)]);
    expect(river.drained).toEqual([]);
    const other = start();
    const whole = other.session('live');
    whole.feed(CALLBACK, 'end');
    await expect.poll(() => other.drained, soon).toEqual([whole.epoch]);
    river.service.connectDetector(detector());
    await expect.poll(() => river.drained, soon).toEqual([epoch]);
    const finals = ({ passes }: typeof river) =>
      passes.filter(({ pass }) => pass === 'final').map(({ samples }) => samples);
    expect(finals(river)).toEqual(finals(other));
  });

  it('does not wait for a detector that was replaced in the middle of a question', async () => {
    const asked: number[] = [];
    const river = start(brokenDetector(() => asked.push(1)));
    const { epoch, feed } = river.session('live');
    feed(CALLBACK, 'end');
    await expect.poll(() => asked, soon).toEqual([1]);
    river.service.connectDetector(detector());
    await expect.poll(() => river.drained, soon).toEqual([epoch]);
    expect(river.of('failed')).toEqual([]);
  });

  it('F28 waits at Stop for what the detector has still to say of the last windows', async () => {
    const { port1, port2 } = channel();
    const questions: ToHear[] = [];
    port1.onmessage = ({ data }: MessageEvent<ToHear>) => questions.push(data);
    port1.postMessage({ type: 'ready', loadMs: 0 } satisfies Heard);
    const river = start(port2);
    const { epoch, feed } = river.session('live');
    // A window and a half: the last one is filled up.
    feed(CALLBACK.slice(0, 800), 'end');
    await expect.poll(() => questions.length, soon).toBe(1);
    const speech = (windows: number): void =>
      port1.postMessage({ type: 'heard', probabilities: new Float32Array(windows).fill(0.9) } satisfies Heard);
    speech(1);
    await expect.poll(() => questions.length, soon).toBe(2);
    expect(river.drained).toEqual([]);
    expect(questions.map(({ startSample, samples }) => [startSample, samples.length])).toEqual([
      [0, 512],
      [512, 512],
    ]);
    speech(1);
    await expect.poll(() => river.drained, soon).toEqual([epoch]);
    expect(river.of('utterance-ended')).toEqual([expect.objectContaining({ endSample: 800 })]);
  });
});
