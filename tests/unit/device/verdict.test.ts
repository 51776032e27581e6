import { describe, expect, it } from 'vitest';
import { threadCandidates, threadsFor, type Plan } from '../../../src/recognizer/device/plan.ts';
import { judge, planFor, type Measurement } from '../../../src/recognizer/device/verdict.ts';

const SAID = 'Please call me back after lunch.';
const cpu = (threads: number, passMs: number, text: string | null = SAID): Measurement => ({
  plan: { device: 'wasm', threads },
  text,
  passMs: text === null ? Infinity : passMs,
});
const gpu = (passMs: number, text: string | null = ' please call me back, after lunch'): Measurement => ({
  plan: { device: 'webgpu' },
  text,
  passMs: text === null ? Infinity : passMs,
});

describe('judge', () => {
  it('takes a GPU that says the right words faster', () => {
    expect(judge(SAID, [cpu(4, 400), gpu(90)])).toEqual({
      plan: { device: 'webgpu' },
      cpu: { threads: 4, passMs: 400 },
      gpu: { outcome: 'faster', passMs: 90 },
    });
  });

  it.each([
    ['is slower', gpu(800), 'slower', 800],
    ['is hardly faster', gpu(380), 'slower', 380],
    ['writes gibberish, however fast', gpu(20, '!!!!!!!!'), 'wrong-text', 20],
    ['hears nothing', gpu(20, ''), 'wrong-text', 20],
    ['fails', gpu(20, null), 'failed', null],
  ])('leaves a GPU that %s', (_what, measured, outcome, passMs) => {
    expect(judge(SAID, [cpu(4, 400), measured])).toEqual({
      plan: { device: 'wasm', threads: 4 },
      cpu: { threads: 4, passMs: 400 },
      gpu: { outcome, passMs },
    });
  });

  it('does not blame the GPU for what the model mishears on the CPU as well', () => {
    const misheard = 'Please call me back after launch.';
    expect(judge(SAID, [cpu(2, 400, misheard), gpu(90, misheard)])?.gpu?.outcome).toBe('faster');
    expect(judge(SAID, [cpu(2, 400, misheard), gpu(90, 'Please fall me back.')])?.gpu?.outcome).toBe('wrong-text');
  });

  it('takes the fastest number of threads, the usual one where they hardly differ', () => {
    const threads = (...measured: Measurement[]) => judge(SAID, measured)?.plan;
    expect(threads(cpu(4, 400), cpu(3, 300), cpu(6, 350))).toEqual({ device: 'wasm', threads: 3 });
    expect(threads(cpu(4, 400), cpu(3, 390))).toEqual({ device: 'wasm', threads: 4 });
    expect(threads(cpu(4, 400, null), cpu(3, 500))).toEqual({ device: 'wasm', threads: 3 });
  });

  it('says nothing when nothing could be measured', () => {
    expect(judge(SAID, [cpu(4, 400, null), gpu(90)])).toBeNull();
    expect(judge(SAID, [])).toBeNull();
  });
});

describe('planFor', () => {
  const onGpu: Plan = { device: 'webgpu' };
  const faster = judge(SAID, [cpu(3, 400), gpu(90)]);

  it('follows what was measured, and a wish before it', () => {
    expect(planFor('auto', faster, 8, true)).toEqual(onGpu);
    expect(planFor('wasm', faster, 8, true)).toEqual({ device: 'wasm', threads: 3 });
    expect(planFor('auto', null, 8, true)).toEqual({ device: 'wasm', threads: 4 });
    expect(planFor('webgpu', null, 8, true)).toEqual(onGpu);
  });

  it('does not follow a wish into gibberish', () => {
    const slower = judge(SAID, [cpu(3, 400), gpu(900)]);
    const wrong = judge(SAID, [cpu(3, 400), gpu(90, '!!!!')]);
    const failed = judge(SAID, [cpu(3, 400), gpu(90, null)]);
    expect(planFor('webgpu', slower, 8, true)).toEqual(onGpu);
    expect(planFor('webgpu', wrong, 8, true)).toEqual({ device: 'wasm', threads: 3 });
    expect(planFor('webgpu', failed, 8, true)).toEqual({ device: 'wasm', threads: 3 });
  });

  it('never asks a GPU that is not there', () => {
    expect(planFor('webgpu', faster, 8, false)).toEqual({ device: 'wasm', threads: 3 });
    expect(planFor('auto', faster, 8, false)).toEqual({ device: 'wasm', threads: 3 });
  });
});

describe('threads', () => {
  it.each([
    [1, 1],
    [2, 2],
    [4, 3],
    [8, 4],
    [64, 4],
  ])('%i cores: %i unless measured', (cores, threads) => {
    expect(threadsFor(cores)).toBe(threads);
  });

  it('are measured where there is a choice, the usual number first, never more than there are cores', () => {
    expect(threadCandidates(2)).toEqual([2]);
    expect(threadCandidates(4)).toEqual([3, 2]);
    expect(threadCandidates(12)).toEqual([4, 3, 6]);
    for (let cores = 1; cores <= 64; cores++) {
      const candidates = threadCandidates(cores);
      expect(candidates[0]).toBe(threadsFor(cores));
      expect(Math.max(...candidates)).toBeLessThanOrEqual(cores);
      expect(Math.min(...candidates)).toBeGreaterThanOrEqual(1);
      expect(new Set(candidates).size).toBe(candidates.length);
    }
  });
});
