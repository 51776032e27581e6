import { untrack } from 'svelte';
import { anyTabRecords } from '../platform/recording-lock.ts';
import { savesData } from '../platform/storage.ts';
import type { Scope } from '../platform/scope.ts';
import { findGpu, type Gpu } from '../recognizer/device/gpu.ts';
import { cpuPlan, samePlan, threadCandidates, type DeviceWish, type Plan } from '../recognizer/device/plan.ts';
import { judge, planFor, type Verdict } from '../recognizer/device/verdict.ts';
import { hasVerdict, readVerdict, writeVerdict } from '../recognizer/device/verdicts.ts';
import type { ModelId } from '../recognizer/models.ts';
import type { DeviceState } from './state.ts';

interface DeviceOptions {
  readonly scope: Scope;
  readonly wish: () => DeviceWish;
  readonly model: () => ModelId;
  /** Reactive: the model is ready, and neither a recording nor a file is worked on. */
  readonly resting: () => boolean;
  /** Loads the model once more, on what {@link Device.plan} says now. */
  readonly reload: () => void;
}

/** Who was about to speak would have begun. */
const REST_MS = 6000;
/** Gibibytes, as far as the browser says: a trial holds a second copy of the model for a while. */
const ENOUGH_MEMORY = 4;

/**
 * What the model runs on: the CPU, until something else has proved itself on this device. It is tried once, while nothing else is
 * done, and what came of it is remembered.
 */
export class Device implements DeviceState {
  readonly #options: DeviceOptions;
  #gpu = $state.raw<Gpu | null>(null);
  #verdict = $state.raw<Verdict | null>(null);
  #trial = $state.raw<Scope | null>(null);
  #rest: Scope | null = null;
  /** The model that was tried in this visit, and came to no verdict. */
  #vain: ModelId | null = null;
  #plan: Plan = cpuPlan(navigator.hardwareConcurrency);

  constructor(options: DeviceOptions) {
    this.#options = options;
    const stop = $effect.root(() => {
      $effect(() => {
        const resting = options.resting();
        untrack(() => {
          this.#rest?.dispose();
          if (resting) this.#await();
        });
      });
    });
    options.scope.add(stop);
  }

  get gpu(): string | null {
    return this.#gpu?.name ?? null;
  }
  get verdict(): Verdict | null {
    return this.#verdict;
  }
  get measuring(): boolean {
    return this.#trial !== null;
  }

  /** What the chosen model is to be loaded on. Nobody waits for a GPU that was never found to be worth it. */
  async plan(): Promise<Plan> {
    const { model, wish } = this.#options;
    this.#verdict = null;
    if (wish() === 'webgpu' || hasVerdict(model())) {
      this.#gpu = await findGpu();
      this.#verdict = readVerdict(model(), await this.#circumstances());
    }
    this.#plan = this.#chosen();
    return this.#plan;
  }

  measure(): void {
    this.#verdict = null;
    this.#vain = null;
    if (this.#options.resting()) void this.#try();
  }

  /** For Diagnostics. */
  describe(): string {
    const { gpu, cpu } = this.#verdict ?? { gpu: null, cpu: null };
    const measured = cpu === null ? 'not measured' : `CPU ${Math.round(cpu.passMs)} ms with ${cpu.threads} threads`;
    const ofGpu =
      gpu === null ? '' : `, GPU ${gpu.outcome} ${gpu.passMs === null ? '' : `${Math.round(gpu.passMs)} ms`}`;
    return `device ${this.#options.wish()}, GPU ${this.gpu ?? 'not asked'}, ${measured}${ofGpu}`;
  }

  #chosen(): Plan {
    const { wish } = this.#options;
    return planFor(wish(), this.#verdict, navigator.hardwareConcurrency, this.#usable);
  }

  /** One that the CPU draws is for those who ask for it. */
  get #usable(): boolean {
    return this.#gpu !== null && (!this.#gpu.software || this.#options.wish() === 'webgpu');
  }

  async #circumstances(): Promise<string> {
    const { circumstances } = await import('../recognizer/device/circumstances.ts');
    return circumstances(this.#options.model(), this.gpu, navigator.hardwareConcurrency);
  }

  #await(): void {
    const { scope, wish, model } = this.#options;
    if (wish() === 'wasm' || this.#verdict !== null || this.#vain === model()) return;
    this.#rest = scope.child();
    this.#rest.after(REST_MS, () => void this.#try());
  }

  /** Ends, without a verdict, as soon as there is something else to do. */
  async #try(): Promise<void> {
    const { scope, model } = this.#options;
    const id = model();
    this.#rest?.dispose();
    const trial = scope.child();
    this.#rest = trial;
    trial.add(() => {
      if (this.#trial === trial) this.#trial = null;
    });
    this.#gpu = await findGpu();
    const plans = this.#plansWorthTrying();
    if (plans.length < 2 || (await anyTabRecords())) trial.dispose();
    if (trial.disposed) return;
    this.#trial = trial;
    try {
      const [{ tryPlans }, { SAID }] = await Promise.all([
        import('../recognizer/device/trial.ts'),
        import('../recognizer/device/clip.ts'),
      ]);
      const measured = await tryPlans(trial, id, plans);
      if (measured === null) return;
      this.#verdict = judge(SAID, measured);
      if (this.#verdict === null) this.#vain = id;
      else writeVerdict(id, await this.#circumstances(), this.#verdict);
    } catch {
      // Something could not be downloaded. Another time.
      this.#vain = id;
    } finally {
      trial.dispose();
    }
    if (!samePlan(this.#chosen(), this.#plan)) this.#options.reload();
  }

  #plansWorthTrying(): Plan[] {
    const { deviceMemory = ENOUGH_MEMORY } = navigator as { readonly deviceMemory?: number };
    if (savesData() || deviceMemory < ENOUGH_MEMORY) return [];
    const cores = navigator.hardwareConcurrency;
    const onCpu = threadCandidates(cores).map((threads) => cpuPlan(cores, threads));
    return this.#usable ? [...onCpu, { device: 'webgpu' }] : onCpu;
  }
}
