import { describe, expect, it } from 'vitest';
import { deviceHint } from '../../../src/view/logic/device.ts';
import { DEVICE_MESSAGES } from '../../../src/view/messages/device.ts';

const { en } = DEVICE_MESSAGES;
const onCpu = { phase: 'ready', device: 'wasm', threads: 4 } as const;
const cpu = { threads: 4, passMs: 412 };
const plan = { device: 'wasm', threads: 4 } as const;

describe('deviceHint', () => {
  it('says what the model runs on, once it does', () => {
    const nothing = { verdict: null, measuring: false };
    expect(deviceHint({ phase: 'preparing' }, nothing, en)).toBe('');
    expect(deviceHint(onCpu, nothing, en)).toBe('Now on the processor, with 4 threads.');
    expect(deviceHint({ phase: 'ready', device: 'webgpu', threads: 1 }, nothing, en)).toBe('Now on the GPU.');
  });

  it('says what was measured, and why a GPU is not used', () => {
    const verdict = (gpu: 'slower' | 'wrong-text' | 'failed', passMs: number | null) =>
      deviceHint(onCpu, { verdict: { plan, cpu, gpu: { outcome: gpu, passMs } }, measuring: false }, en);
    expect(verdict('slower', 1900)).toMatch(/the processor took 0.41 sec\. The GPU took 1.9 sec\.$/);
    expect(verdict('wrong-text', 50)).toMatch(/The GPU got the sentence wrong and is not used\.$/);
    expect(verdict('failed', null)).toMatch(/The GPU did not finish it and is not used\.$/);
  });

  it('leaves no space between sentences where the language has none', () => {
    const verdict = { plan, cpu, gpu: { outcome: 'slower', passMs: 22_000 } } as const;
    expect(deviceHint(onCpu, { verdict, measuring: false }, DEVICE_MESSAGES.ja)).not.toMatch(/。\s/);
  });

  it.each(Object.entries(DEVICE_MESSAGES))('says that it measures, in %s', (_code, t) => {
    expect(deviceHint(onCpu, { verdict: null, measuring: true }, t)).toBe(`${t.runsOnCpu(4)}${t.gap}${t.measuring}`);
  });
});
