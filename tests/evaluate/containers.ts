/**
 * `npm run evaluate -- --containers FILE`: every file of a folder of containers, codecs and broken files, as the app opens them.
 * Its manifest is `{entries: [{file, expect, text, language?}]}`; `expect` begins with `transcribes`, with `clear error`, or says
 * that either will do.
 */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { isLanguage } from '../../src/recognizer/languages.ts';
import type { ModelId } from '../../src/recognizer/models.ts';
import { FAILED, PASSED, type Tally } from '../../build/steps.ts';
import { openHarness } from './harness/open.ts';
import { UsageError } from './options.ts';
import { score } from './score/score.ts';

/** Of the words of a clip, so many may be wrong: what is tested is that the sound is all there, not the model. */
const MAX_WER = 0.2;

interface Entry {
  readonly file: string;
  readonly expect: string;
  readonly text?: string | null;
  readonly language?: string;
}

/** @throws UsageError when the manifest is none. */
export async function evaluateContainers(
  manifest: string,
  model: ModelId,
  print: (line: string) => void,
): Promise<Tally> {
  const entries = readEntries(manifest);
  const pathOf = ({ file }: Entry): string => resolve(dirname(manifest), file);
  const harness = await openHarness(entries.map(pathOf), print);
  try {
    await harness.prepare('ours', model);
    const tally = { passed: 0, failed: 0 };
    for (const entry of entries) {
      const language = entry.language !== undefined && isLanguage(entry.language) ? entry.language : 'auto';
      let text: string | null = null;
      let failure = '';
      try {
        ({ text } = await harness.run('ours', pathOf(entry), { language, mode: 'media' }));
      } catch (error) {
        failure =
          (error instanceof Error ? error.message : String(error)).replace(/^.*?Error: /, '').split('\n')[0] ?? '';
      }
      const result = judge(entry, text) ? PASSED : FAILED;
      tally.passed += result.passed;
      tally.failed += result.failed;
      print(`${result === PASSED ? '✓' : '✗'} ${entry.file}: ${text === null ? failure : `“${text.trim()}”`}`);
    }
    return tally;
  } finally {
    await harness.close();
  }
}

/** @param text `null` when an error was named. */
function judge({ expect, text: reference, language }: Entry, text: string | null): boolean {
  if (text === null) return /clear (error|message)/.test(expect);
  if (/^clear error/.test(expect) && !/empty transcript/.test(expect)) return false;
  if (!/^transcribes/.test(expect)) return text.trim() === '';
  // Of what is cut off, the beginning is there.
  if (/the first|the \d+ s/.test(expect)) return text.trim() !== '';
  const { wer } = score({ text: reference ?? '', language: language ?? 'en' }, text);
  return wer !== null && wer <= MAX_WER;
}

function readEntries(manifest: string): readonly Entry[] {
  try {
    const { entries } = JSON.parse(readFileSync(manifest, 'utf8')) as { readonly entries?: readonly Entry[] };
    if (Array.isArray(entries)) return entries as readonly Entry[];
  } catch (error) {
    throw new UsageError(`--containers ${manifest}: ${error instanceof Error ? error.message : String(error)}`);
  }
  throw new UsageError(`--containers ${manifest}: it has no entries`);
}
