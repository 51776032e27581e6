/** What a model is to run on. */
export type Plan =
  | {
      readonly device: 'wasm';
      /** WASM threads, 1 or more. */
      readonly threads: number;
    }
  | { readonly device: 'webgpu' };

/** What a person may wish: `auto` is whatever was measured to be faster. */
export const DEVICE_WISHES = ['auto', 'webgpu', 'wasm'] as const;
export type DeviceWish = (typeof DEVICE_WISHES)[number];

/** Without a measurement: more than four threads bring little on the models we run, and one core is left to the interface. */
export function threadsFor(cores: number): number {
  return Math.max(1, Math.min(4, cores <= 2 ? cores : cores - 1));
}

/** @param threads as measured; what suits most machines of so many cores when nothing was. */
export const cpuPlan = (cores: number, threads = threadsFor(cores)): Plan => ({ device: 'wasm', threads });

/**
 * Numbers of threads worth measuring, the usual one first. A machine of two cores has one answer; from four on, fewer threads
 * may be faster (cores that share a clock or a cache), and from eight on, more.
 */
export function threadCandidates(cores: number): readonly number[] {
  const usual = threadsFor(cores);
  if (cores < 4) return [usual];
  return cores < 8 ? [usual, usual - 1] : [usual, usual - 1, 6];
}

export const samePlan = (a: Plan, b: Plan): boolean =>
  a.device === b.device && (a.device === 'webgpu' || (b.device === 'wasm' && a.threads === b.threads));
