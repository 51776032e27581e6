/** `npm run evaluate`: what the app hears, against what was said. */
import { DEFAULT_MODEL, MODEL_IDS } from '../../src/recognizer/models.ts';
import { evaluateContainers } from './containers.ts';
import { evaluate } from './evaluate.ts';
import { writeJson } from './machine.ts';
import { compareTunings } from './simulated/compare.ts';
import { choice, EVALUATE_USAGE, parse, parseEvaluateOptions, UsageError } from './options.ts';

const print = (line: string): void => void process.stdout.write(`${line}\n`);

try {
  const args = process.argv.slice(2);
  if (args.includes('--containers')) {
    const { containers = '', model = DEFAULT_MODEL } = parse(args, ['containers', 'model']);
    const { passed, failed } = await evaluateContainers(containers, choice('model', model, MODEL_IDS), print);
    print(`${passed} as expected, ${failed} not`);
    if (failed > 0) process.exitCode = 1;
  } else {
    const options = parseEvaluateOptions(args);
    if (options.tunings !== null) {
      const evaluations = await compareTunings(options.tunings, options, print);
      if (options.json !== null) writeJson(options.json, evaluations);
    } else {
      const { evaluation, failures } = await evaluate(options, print);
      if (options.json !== null) writeJson(options.json, evaluation);
      if (failures.length > 0) {
        print(`${failures.length} failed: ${failures.join(', ')}`);
        process.exitCode = 1;
      }
    }
  }
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`${error.message}\n\nusage: ${EVALUATE_USAGE}\n`);
  process.exitCode = 2;
}
