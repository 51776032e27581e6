/** `npm run evaluate`: what the app hears, against what was said. */
import { evaluate } from './evaluate.ts';
import { writeJson } from './machine.ts';
import { EVALUATE_USAGE, parseEvaluateOptions, UsageError } from './options.ts';

const print = (line: string): void => void process.stdout.write(`${line}\n`);

try {
  const options = parseEvaluateOptions(process.argv.slice(2));
  const { evaluation, failures } = await evaluate(options, print);
  if (options.json !== null) writeJson(options.json, evaluation);
  if (failures.length > 0) {
    print(`${failures.length} failed: ${failures.join(', ')}`);
    process.exitCode = 1;
  }
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`${error.message}\n\nusage: ${EVALUATE_USAGE}\n`);
  process.exitCode = 2;
}
