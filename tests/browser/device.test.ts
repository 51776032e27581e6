import { afterEach, describe, expect, it } from 'vitest';
import { Scope } from '../../src/platform/scope.ts';
import { circumstances } from '../../src/recognizer/device/circumstances.ts';
import { SAID } from '../../src/recognizer/device/clip.ts';
import { findGpu } from '../../src/recognizer/device/gpu.ts';
import { tryPlans } from '../../src/recognizer/device/trial.ts';
import { judge, type Verdict } from '../../src/recognizer/device/verdict.ts';
import { hasVerdict, readVerdict, writeVerdict } from '../../src/recognizer/device/verdicts.ts';

const ON_CPU = { device: 'wasm', threads: 2 } as const;
let scope = new Scope();

afterEach(() => {
  scope.dispose();
  scope = new Scope();
  localStorage.clear();
});

describe('a trial', () => {
  it('hears what the stored clip says, and how long that takes', async () => {
    const measured = await tryPlans(scope, 'tiny', [ON_CPU]);
    expect(measured).toHaveLength(1);
    const { text, passMs } = measured![0]!;
    expect(text).toMatch(/call me back/i);
    expect(passMs).toBeGreaterThan(10);
    expect(judge(SAID, measured!)?.plan).toEqual(ON_CPU);
  }, 120_000);

  it('comes to nothing when there is something else to do', async () => {
    const trial = tryPlans(scope, 'tiny', [ON_CPU]);
    scope.after(300, () => scope.dispose());
    expect(await trial).toBeNull();
  });

  it('says of a device that is not there that it failed', async () => {
    // This browser has no adapter: it was started without one.
    expect(await findGpu()).toBeNull();
    const measured = await tryPlans(scope, 'tiny', [{ device: 'webgpu' }]);
    expect(measured).toEqual([{ plan: { device: 'webgpu' }, text: null, passMs: Infinity }]);
  }, 120_000);
});

describe('verdicts', () => {
  const verdict: Verdict = { plan: ON_CPU, cpu: { threads: 2, passMs: 400 }, gpu: null };

  it('hold for the same model, GPU and cores, and for nothing else', () => {
    const here = circumstances('tiny', 'some GPU', 4);
    expect(hasVerdict('tiny')).toBe(false);
    writeVerdict('tiny', here, verdict);
    expect(hasVerdict('tiny')).toBe(true);
    expect(readVerdict('tiny', here)).toEqual(verdict);
    for (const other of [circumstances('tiny', null, 4), circumstances('tiny', 'some GPU', 8)])
      expect(readVerdict('tiny', other)).toBeNull();
    expect(hasVerdict('base')).toBe(false);
    expect(circumstances('base', 'some GPU', 4)).not.toBe(here);
  });

  it('are not there when something else is', () => {
    localStorage.setItem('sotto-device-tiny', '{');
    expect(hasVerdict('tiny')).toBe(false);
  });
});
