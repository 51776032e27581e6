/** `npm test`: the static checks, then every test there is: in node, in the browser, on the built app. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_OUT_DIR, buildApp } from './app.ts';
import { findBrowser } from './browser.ts';
import { runStaticChecks } from './static-checks.ts';
import { PASSED, conclude, run, step, type Tally } from './steps.ts';

/** Runs one project of vitest.config.ts and counts its tests; a run that breaks off counts as one failure more. */
async function runProject(project: string, env: Readonly<Record<string, string>> = {}): Promise<Tally> {
  const folder = await mkdtemp(join(tmpdir(), 'sotto-test-'));
  try {
    const report = join(folder, 'report.json');
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const succeeded = await run('vitest', ['run', '--project', project, ...reporters], env);
    const counts = JSON.parse(await readFile(report, 'utf8')) as { numPassedTests: number; numFailedTests: number };
    const failed = succeeded ? counts.numFailedTests : Math.max(1, counts.numFailedTests);
    return { passed: counts.numPassedTests, failed };
  } finally {
    await rm(folder, { recursive: true });
  }
}

const tallies = await runStaticChecks();
tallies.push(await step('tests in node', () => runProject('unit')));
const browser = await step('a browser to test in', () => {
  process.env['CHROME_PATH'] = findBrowser();
  return PASSED;
});
tallies.push(browser);
if (browser === PASSED) {
  tallies.push(await step('tests in the browser', () => runProject('browser')));
  const build = await step('production build', async () => {
    await buildApp();
    return PASSED;
  });
  tallies.push(build);
  if (build === PASSED) {
    tallies.push(await step('tests of the built app', () => runProject('app*', { SOTTO_DIST: DEFAULT_OUT_DIR })));
  }
}
conclude(tallies);
