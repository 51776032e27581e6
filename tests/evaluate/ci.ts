/**
 * `npm run evaluate:ci`: the quality that a change may not fall below, on a fixed handful of recordings of people. They are not
 * part of the repository: `--corpus FOLDER`, or SOTTO_CORPUS, or `../shared/corpus` beside it.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { conclude, FAILED, PASSED, step, type Tally } from '../../build/steps.ts';
import { evaluate } from './evaluate.ts';
import type { Mode } from './harness/protocol.ts';
import { parse, UsageError } from './options.ts';
import type { Total } from './report.ts';

const HANDFUL = [
  'en-jfk-inaugural',
  'en-ls-1688-142285-0000',
  'en-ls-1688-142285-0001',
  'en-so762-010760108',
  'en-so762-001490045',
  'en-rob-noisy-kitchen-10db',
  'en-rob-noisy-typing-5db',
  'ja-css10-meian_0051',
  'ja-leopard',
  'noise-silence-digital',
  'noise-music-morning-coffee',
] as const;

type Checked = Extract<Mode, 'file' | 'live'>;

/** What the base model may come to at most, with room for a slow machine and the next browser. */
const BOUNDS = {
  file: { wer: 0.12, cer: 0.25, wordsLostAtStop: 0, wordsWithoutSpeech: 0 },
  live: { wer: 0.18, cer: 0.5, wordsLostAtStop: 0, wordsWithoutSpeech: 0 },
} as const satisfies Record<Checked, Partial<Record<keyof Total, number>>>;

const print = (line: string): void => console.log(line);

async function check(manifest: string, mode: Checked): Promise<Tally> {
  const only = new RegExp(`^(${HANDFUL.join('|')})$`);
  const { evaluation, failures } = await evaluate(
    {
      manifest,
      mode,
      model: 'base',
      language: null,
      engine: 'ours',
      terms: null,
      only,
      limit: null,
      json: null,
      tunings: null,
    },
    print,
  );
  const missing = HANDFUL.length - evaluation.clips.length;
  if (missing > 0) print(`${missing} of ${HANDFUL.length} recordings are not in ${manifest}`);
  const tallies = Object.entries(BOUNDS[mode]).map(([name, bound]) => {
    const value = evaluation.total[name as keyof (typeof BOUNDS)[Checked]];
    const kept = value !== null && value <= bound;
    print(`${kept ? '✓' : '✗'} ${name} ${value} (at most ${bound})`);
    return kept ? PASSED : FAILED;
  });
  const whole = missing === 0 && failures.length === 0 ? PASSED : FAILED;
  return [...tallies, whole].reduce((sum, { passed, failed }) => ({
    passed: sum.passed + passed,
    failed: sum.failed + failed,
  }));
}

try {
  const folder =
    parse(process.argv.slice(2), ['corpus'])['corpus'] ??
    process.env['SOTTO_CORPUS'] ??
    join(import.meta.dirname, '..', '..', '..', 'shared', 'corpus');
  const manifest = join(folder, 'manifest.json');
  if (existsSync(manifest)) {
    conclude([
      await step('recordings, as files', () => check(manifest, 'file')),
      await step('recordings, live', () => check(manifest, 'live')),
    ]);
  } else print(`no recordings at ${folder}: nothing to evaluate`);
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`${error.message}\n\nusage: npm run evaluate:ci -- [--corpus FOLDER]\n`);
  process.exitCode = 2;
}
