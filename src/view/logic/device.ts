import type { DeviceState, ModelPhase } from '../../session/state.ts';
import type { DeviceMessages } from '../messages/device.ts';

/** What the model runs on, and what was measured; empty while nothing of it is known. */
export function deviceHint(
  model: ModelPhase,
  { verdict, measuring }: Pick<DeviceState, 'verdict' | 'measuring'>,
  t: DeviceMessages,
): string {
  const runs = model.phase !== 'ready' ? [] : [model.device === 'webgpu' ? t.runsOnGpu : t.runsOnCpu(model.threads)];
  if (measuring) return [...runs, t.measuring].join(t.gap);
  if (verdict === null) return runs.join(t.gap);
  const { cpu, gpu } = verdict;
  const measured = [t.measuredCpu(cpu.passMs), ...(gpu === null ? [] : [t.measuredGpu[gpu.outcome](gpu.passMs)])];
  return [...runs, ...measured].join(t.gap);
}
