import { describe, expect, it } from 'vitest';
import { FRAME_SAMPLES, SAMPLE_RATE, secondsToSamples } from '../../../src/audio/units.ts';
import { fixture, readWav } from '../../fixtures/wav.ts';
import { CALLBACK, soon, start } from './river.ts';

describe('SpeechService', { timeout: 20_000 }, () => {
  it('writes long speech without a pause piece by piece, none of it twice', async () => {
    const river = start(
      undefined,
      undefined,
      ({ startSample, samples }) => startSample + Math.max(0, samples.length - SAMPLE_RATE),
    );
    const { epoch, feed } = river.session('live');
    const speech = CALLBACK.slice(secondsToSamples(0.4), secondsToSamples(2.2));
    feed(...Array.from({ length: 24 }, () => speech), 'end');
    await expect.poll(() => river.drained, soon).toEqual([epoch]);
    expect(river.passes.length).toBeGreaterThan(2);
    let last = 0;
    for (const { pass, startSample, samples } of river.passes) {
      expect(startSample).toBeGreaterThanOrEqual(last);
      last = pass === 'final' ? startSample + samples.length : startSample;
    }
    expect(river.of('failed')).toEqual([]);
  });

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
