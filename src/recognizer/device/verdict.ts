import { cpuPlan, threadsFor, type DeviceWish, type Plan } from './plan.ts';

/** How one plan did on the stored clip. */
export interface Measurement {
  readonly plan: Plan;
  /** What it heard; `null` when it failed or took too long. */
  readonly text: string | null;
  /** From the clip to its words, once everything is warm; infinite when there are none. */
  readonly passMs: number;
}

/** What was found out about this device, for one model. */
export interface Verdict {
  readonly plan: Plan;
  /** The best of the CPU. */
  readonly cpu: { readonly threads: number; readonly passMs: number };
  /** `null`: not measured, because there is none that could be. */
  readonly gpu: { readonly outcome: GpuOutcome; readonly passMs: number | null } | null;
}

/** What kept a GPU from being trusted, or that nothing did. */
export type GpuOutcome = 'faster' | 'slower' | 'wrong-text' | 'failed';

/** Changing the device must be worth it: within this the CPU, whose text is the same on every machine, is kept. */
const WORTH_CHANGING = 0.9;

/**
 * The plan to use: the GPU when it hears what was said, or at least what the CPU heard, and is clearly faster; else the CPU with
 * the number of threads that was fastest.
 *
 * @param said what the clip says.
 * @param measured the CPU with one or more numbers of threads, and at most once the GPU.
 * @returns `null` when not even the CPU heard anything: then nothing was measured.
 */
export function judge(said: string, measured: readonly Measurement[]): Verdict | null {
  let best: { threads: number; passMs: number; text: string } | null = null;
  for (const { plan, text, passMs } of measured) {
    if (plan.device !== 'wasm' || text === null) continue;
    // The first one measured is the usual one: another must be worth it, too.
    if (best === null || passMs < best.passMs * WORTH_CHANGING) best = { threads: plan.threads, passMs, text };
  }
  if (best === null) return null;
  const cpu = { threads: best.threads, passMs: best.passMs };
  const onCpu: Plan = { device: 'wasm', threads: best.threads };
  const gpu = measured.find(({ plan }) => plan.device === 'webgpu');
  if (gpu === undefined) return { plan: onCpu, cpu, gpu: null };
  const outcome = outcomeOf(gpu, [said, best.text], best.passMs);
  const passMs = gpu.text === null ? null : gpu.passMs;
  return { plan: outcome === 'faster' ? gpu.plan : onCpu, cpu, gpu: { outcome, passMs } };
}

function outcomeOf({ text, passMs }: Measurement, right: readonly string[], cpuMs: number): GpuOutcome {
  if (text === null) return 'failed';
  if (!right.some((wanted) => spoken(wanted) === spoken(text))) return 'wrong-text';
  return passMs < cpuMs * WORTH_CHANGING ? 'faster' : 'slower';
}

/** The words alone. */
const spoken = (text: string): string => (text.toLowerCase().match(/\p{Letter}+/gu) ?? []).join(' ');

/**
 * What a person's wish comes to.
 *
 * @param usable whether there is a GPU to be asked at all; a software one counts for those who ask for it.
 */
export function planFor(wish: DeviceWish, verdict: Verdict | null, cores: number, usable: boolean): Plan {
  const threads = verdict?.cpu.threads ?? threadsFor(cores);
  if (!usable || wish === 'wasm') return cpuPlan(cores, threads);
  // Slow is what they asked for; wrong is not.
  const wrong = verdict?.gpu?.outcome === 'wrong-text' || verdict?.gpu?.outcome === 'failed';
  if (wish === 'webgpu') return wrong ? cpuPlan(cores, threads) : { device: 'webgpu' };
  return verdict?.plan ?? cpuPlan(cores, threads);
}
