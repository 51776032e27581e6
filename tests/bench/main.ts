/** `npm run bench`: the app's own engine against the stock transformers.js pipeline. */
import { writeJson } from '../evaluate/machine.ts';
import { UsageError } from '../evaluate/options.ts';
import { bench } from './bench.ts';
import { BENCH_USAGE, parseBenchOptions } from './options.ts';

const print = (line: string): void => void process.stdout.write(`${line}\n`);

try {
  const options = parseBenchOptions(process.argv.slice(2));
  const result = await bench(options, print);
  if (options.json !== null) writeJson(options.json, result);
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`${error.message}\n\nusage: ${BENCH_USAGE}\n`);
  process.exitCode = 2;
}
