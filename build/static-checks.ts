import { FAILED, PASSED, run, step, type Tally } from './steps.ts';

const CHECKS: readonly (readonly [name: string, program: string, ...args: string[]])[] = [
  ['types of the page', 'svelte-check', '--tsconfig', 'tsconfig.page.json', '--fail-on-warnings'],
  ['types of the workers', 'tsc', '-p', 'tsconfig.workers.json'],
  ['types of the worklet', 'tsc', '-p', 'tsconfig.worklet.json'],
  ['types of build and tests', 'tsc', '-p', 'tsconfig.node.json'],
  ['lint', 'eslint', '.', '--max-warnings', '0'],
  ['format', 'prettier', '--check', '--log-level', 'warn', '.'],
  ['dead code', 'knip'],
];

/** Everything that can be said without running the code. A red check does not hide the next. */
export async function runStaticChecks(): Promise<Tally[]> {
  const tallies: Tally[] = [];
  for (const [name, program, ...args] of CHECKS) {
    tallies.push(await step(name, async () => ((await run(program, args)) ? PASSED : FAILED)));
  }
  return tallies;
}
