import { describe, expect, it } from 'vitest';
import { nextExercise, warmPassMs, type Exercise } from '../../../src/recognizer/device/course.ts';
import type { Plan } from '../../../src/recognizer/device/plan.ts';

const CPU: Plan = { device: 'wasm', threads: 4 };
const GPU: Plan = { device: 'webgpu' };

/** Runs a plan whose passes take so long, to its end. */
function run(plan: Plan, toBeatMs: number, times: readonly number[]): { course: Exercise[]; passMs: number } {
  const course: Exercise[] = [];
  const passesMs: number[] = [];
  for (;;) {
    const exercise = nextExercise(plan, passesMs, toBeatMs);
    if (exercise === null) return { course, passMs: warmPassMs(plan, passesMs) };
    course.push(exercise);
    passesMs.push(times[passesMs.length] ?? NaN);
  }
}

const isShort = ({ margin }: Exercise): boolean => margin !== undefined;

describe('the course of a trial', () => {
  it('measures a CPU by the faster of two passes, behind one to warm up', () => {
    const { course, passMs } = run(CPU, Infinity, [900, 420, 400]);
    expect(course.map(({ pass }) => pass)).toEqual(['final', 'final', 'final']);
    expect(course.some(isShort)).toBe(false);
    expect(new Set(course.map(({ utterance }) => utterance)).size).toBe(3);
    expect(passMs).toBe(400);
  });

  it('warms a GPU up with little context, and measures it with what a CPU is measured with', () => {
    const { course, passMs } = run(GPU, 400, [6000, 60, 110, 90]);
    expect(course.map(isShort)).toEqual([true, true, false, false]);
    // The second sketch has the words of the first as its draft: they are of one utterance.
    expect(course.map(({ utterance }) => utterance)).toEqual([1, 1, 3, 4]);
    expect(passMs).toBe(90);
  });

  it('lets a GPU go that takes longer for a warm sketch than a CPU for a whole pass', () => {
    expect(run(GPU, 400, [6000, 500])).toMatchObject({ course: { length: 2 }, passMs: 500 });
  });

  it('lets a GPU go at once that nothing could warm up', () => {
    expect(run(GPU, 400, [21_000])).toMatchObject({ course: { length: 1 }, passMs: 21_000 });
  });

  it('measures a GPU where no CPU came through', () => {
    expect(run(GPU, Infinity, [6000, 3000, 5000, 4000]).passMs).toBe(4000);
  });
});
