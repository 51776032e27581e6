import type { Pass } from '../protocol.ts';
import type { Plan } from './plan.ts';

/** One pass over the stored clip: what the worker is given beside it. */
export interface Exercise {
  readonly utterance: number;
  readonly pass: Pass;
  readonly margin?: number;
}

/**
 * What a GPU does first, to warm up: code is compiled and memory claimed. With little context, because one that is out of the
 * question keeps the screen waiting as well until it is done; the second time with the words of the first as a draft.
 */
const SKETCH = { utterance: 1, pass: 'tentative', margin: 60 } as const satisfies Exercise;
const SKETCHES = 2;
/** A CPU warms up with what it is measured with. */
const WARM_UPS = 1;
/** Of them the faster counts. */
const MEASURED_PASSES = 2;
/** Code is compiled in seconds. Who begins like this would do so at every visit. */
const HOPELESS_MS = 15_000;

/** Whether that pass, counted from 0, is one with little context. */
export const isSketch = ({ device }: Plan, pass: number): boolean =>
  device === 'webgpu' && pass >= 0 && pass < SKETCHES;

const passesBefore = ({ device }: Plan): number => (device === 'webgpu' ? SKETCHES : WARM_UPS);

/**
 * What a plan is to do next, on trial.
 *
 * @param passesMs how long its passes took so far.
 * @param toBeatMs the fastest pass of the plans before; infinite when there was none.
 * @returns `null`: it has shown what it can. A GPU has, too, when it needs longer for a sketch than another plan for all of it.
 */
export function nextExercise(plan: Plan, passesMs: readonly number[], toBeatMs: number): Exercise | null {
  const { length: done } = passesMs;
  const [first = 0, second = 0] = passesMs;
  if (isSketch(plan, done - 1) && (first > HOPELESS_MS || second > toBeatMs)) return null;
  if (isSketch(plan, done)) return SKETCH;
  return done < passesBefore(plan) + MEASURED_PASSES ? { utterance: done + 1, pass: 'final' } : null;
}

/** How long a pass takes when everything is warm; of a plan that was let go before, how long its last sketch took. */
export function warmPassMs(plan: Plan, passesMs: readonly number[]): number {
  const measured = passesMs.slice(passesBefore(plan));
  return measured.length > 0 ? Math.min(...measured) : (passesMs.at(-1) ?? Infinity);
}
