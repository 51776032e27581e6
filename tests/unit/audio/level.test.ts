import { describe, expect, it } from 'vitest';
import { LevelMeter, SignalWatch } from '../../../src/audio/level.ts';

describe('LevelMeter', () => {
  it('reads peak and rms since the last reading', () => {
    const meter = new LevelMeter();
    meter.add(Float32Array.of(0.5, -0.5));
    meter.add(Float32Array.of(0.5, -0.5));
    expect(meter.sampleCount).toBe(4);
    expect(meter.take()).toEqual({ peak: 0.5, rms: 0.5 });
    expect(meter.take()).toEqual({ peak: 0, rms: 0 });
  });
});

describe('SignalWatch', () => {
  it('F25 tells digital silence from a quiet room, once each way', () => {
    const watch = new SignalWatch(1_000);
    const silence = new Float32Array(400);
    const room = new Float32Array(400).fill(1 / 32_768);
    expect([silence, silence, silence, silence, room, room].map((samples) => watch.push(samples))).toEqual([
      null,
      null,
      false,
      null,
      true,
      null,
    ]);
  });

  it('begins to count again after any sound', () => {
    const watch = new SignalWatch(1_000);
    const silence = new Float32Array(900);
    expect(watch.push(silence)).toBe(null);
    watch.push(Float32Array.of(0.1));
    expect(watch.push(silence)).toBe(null);
  });
});
