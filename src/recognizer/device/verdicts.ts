import type { ModelId } from '../models.ts';
import type { Verdict } from './verdict.ts';

interface Stored {
  readonly holdsFor: string;
  readonly verdict: Verdict;
}

/** Whether there is one at all, under whatever circumstances. */
export const hasVerdict = (model: ModelId): boolean => read(model) !== null;

/** @returns `null` when nothing is known under these circumstances. */
export function readVerdict(model: ModelId, holdsFor: string): Verdict | null {
  const stored = read(model);
  return stored?.holdsFor === holdsFor ? stored.verdict : null;
}

/** Keeps a verdict in this browser. Where nothing can be kept, the device is measured at every visit. */
export function writeVerdict(model: ModelId, holdsFor: string, verdict: Verdict): void {
  try {
    localStorage.setItem(keyOf(model), JSON.stringify({ holdsFor, verdict } satisfies Stored));
  } catch {
    // Storage is blocked or full.
  }
}

const keyOf = (model: ModelId): string => `sotto-device-${model}`;

/** Only we write there, and `holdsFor` begins with the version of what is written. */
function read(model: ModelId): Stored | null {
  try {
    return JSON.parse(localStorage.getItem(keyOf(model)) ?? 'null') as Stored | null;
  } catch {
    return null;
  }
}
