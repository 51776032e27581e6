import { parseArgs, type ParseArgsConfig } from 'node:util';
import { isLanguage, type LanguageChoice } from '../../src/recognizer/languages.ts';
import { DEFAULT_MODEL, MODEL_IDS, type ModelId } from '../../src/recognizer/models.ts';
import type { EngineName, Mode } from './harness/protocol.ts';

/** Something on the command line is wrong; the message names the option and what it may be. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export interface EvaluateOptions {
  /** As given: relative to the working directory. */
  readonly manifest: string;
  readonly mode: Mode;
  readonly model: ModelId;
  /** `null`: each clip's own, as its manifest says. */
  readonly language: LanguageChoice | null;
  readonly engine: EngineName;
  /** A file of names and terms, one a line, that the recogniser is told of. */
  readonly terms: string | null;
  readonly only: RegExp | null;
  readonly limit: number | null;
  readonly json: string | null;
  /** A module of tunings to be compared. */
  readonly tunings: string | null;
}

export const EVALUATE_USAGE = `npm run evaluate -- --manifest FILE [--mode live|simulated|file|media] [--model ${MODEL_IDS.join('|')}]
    [--language CODE|auto] [--engine ours|stock] [--terms FILE] [--only REGEX] [--limit N] [--json OUT]
    [--tunings FILE]
       npm run evaluate -- --containers FILE [--model ${MODEL_IDS.join('|')}]`;

export function parseEvaluateOptions(args: readonly string[]): EvaluateOptions {
  const values = parse(args, [
    'manifest',
    'mode',
    'model',
    'language',
    'engine',
    'terms',
    'only',
    'limit',
    'json',
    'tunings',
  ]);
  const engine = choice('engine', values['engine'] ?? 'ours', ['ours', 'stock']);
  const mode = choice('mode', values['mode'] ?? 'file', ['live', 'simulated', 'file', 'media']);
  if (values['manifest'] === undefined) throw new UsageError('--manifest FILE is missing');
  if (engine === 'stock' && mode !== 'file')
    throw new UsageError(`--mode ${mode}: the stock engine only has --mode file`);
  if (engine === 'stock' && values['terms'] !== undefined)
    throw new UsageError('--terms: the stock engine cannot be told of any');
  if (values['tunings'] !== undefined && mode !== 'simulated')
    throw new UsageError(`--tunings: they are compared with --mode simulated`);
  return {
    manifest: values['manifest'],
    mode,
    engine,
    model: choice('model', values['model'] ?? DEFAULT_MODEL, MODEL_IDS),
    language: language(values['language']),
    terms: values['terms'] ?? null,
    only: pattern('only', values['only']),
    limit: count('limit', values['limit']),
    json: values['json'] ?? null,
    tunings: values['tunings'] ?? null,
  };
}

/** The values of `--name value` options; throws for an unknown one, a missing value and anything that is no option. */
export function parse(args: readonly string[], names: readonly string[]): Partial<Record<string, string>> {
  const options: NonNullable<ParseArgsConfig['options']> = {};
  for (const name of names) options[name] = { type: 'string' };
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values as Partial<
      Record<string, string>
    >;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** The value of an option that has only these. @throws UsageError for any other. */
export function choice<T extends string>(name: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) throw new UsageError(`--${name} ${value}: one of ${allowed.join(', ')}`);
  return found;
}

export function count(name: string, value: string | undefined): number | null {
  if (value === undefined) return null;
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1) throw new UsageError(`--${name} ${value}: a whole number from 1`);
  return number;
}

function language(value: string | undefined): LanguageChoice | null {
  if (value === undefined) return null;
  if (value === 'auto' || isLanguage(value)) return value;
  throw new UsageError(`--language ${value}: a language code of Whisper's (en, ja, …) or auto`);
}

function pattern(name: string, value: string | undefined): RegExp | null {
  if (value === undefined) return null;
  try {
    return new RegExp(value);
  } catch (error) {
    throw new UsageError(`--${name} ${value}: ${error instanceof Error ? error.message : 'not a regular expression'}`);
  }
}
