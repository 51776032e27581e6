import { join } from 'node:path';
import { MODEL_IDS, type ModelId } from '../../src/recognizer/models.ts';
import { choice, count, parse } from '../evaluate/options.ts';

export interface BenchOptions {
  readonly models: readonly ModelId[];
  readonly manifest: string;
  /** Times each clip is recognised by each engine. */
  readonly runs: number;
  readonly json: string | null;
}

export const BENCH_USAGE = `npm run bench -- [--model ${MODEL_IDS.join('|')}] [--manifest FILE] [--runs N] [--json OUT]`;

/** The recordings that ship with the project. */
const OWN_MANIFEST = join(import.meta.dirname, '..', 'fixtures', 'manifest.json');
const DEFAULT_RUNS = 3;
/** Models in every build. */
const DEFAULT_MODELS: readonly ModelId[] = ['tiny', 'base'];

export function parseBenchOptions(args: readonly string[]): BenchOptions {
  const values = parse(args, ['model', 'manifest', 'runs', 'json']);
  const { model } = values;
  return {
    models: model === undefined ? DEFAULT_MODELS : [choice('model', model, MODEL_IDS)],
    manifest: values['manifest'] ?? OWN_MANIFEST,
    runs: count('runs', values['runs']) ?? DEFAULT_RUNS,
    json: values['json'] ?? null,
  };
}
