import type { GpuOutcome } from '../../recognizer/device/verdict.ts';
import type { DeviceWish } from '../../recognizer/device/plan.ts';
import type { InterfaceLanguage } from '../logic/interface-language.ts';
import { deviceMessages as en } from './device.en.ts';
import { deviceMessages as ja } from './device.ja.ts';

/** What people read where they choose what the model runs on; loaded with it. */
export interface DeviceMessages {
  readonly title: string;
  readonly wishes: { readonly [Wish in DeviceWish]: string };
  readonly runsOnCpu: (threads: number) => string;
  readonly runsOnGpu: string;
  readonly measuring: string;
  /** How long the test sentence took. */
  readonly measuredCpu: (passMs: number) => string;
  /** @param passMs `null` when it did not get so far. */
  readonly measuredGpu: { readonly [Outcome in GpuOutcome]: (passMs: number | null) => string };
  readonly measureAgain: string;
  /** What stands between two sentences. */
  readonly gap: string;
}

export const DEVICE_MESSAGES: Readonly<Record<InterfaceLanguage, DeviceMessages>> = { en, ja };
