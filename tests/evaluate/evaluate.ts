import { existsSync, readFileSync } from 'node:fs';
import { isLanguage, type LanguageChoice } from '../../src/recognizer/languages.ts';
import { parseTerms } from '../../src/recognizer/terms.ts';
import { openHarness } from './harness/open.ts';
import type { ClipRun } from './harness/protocol.ts';
import { openSimulator } from './simulated/open.ts';
import { provenance } from './machine.ts';
import { chooseClips, readManifest, type Clip } from './manifest.ts';
import { UsageError, type EvaluateOptions } from './options.ts';
import { clipResult, tableHead, tableLine, totalLines, totalOf, type ClipResult, type Evaluation } from './report.ts';

/** How long a clip may take before it counts as hung: its own length, this many times over, and a minute. */
const PATIENCE = 30;

/** For a model from this machine's own disk. */
const LOAD_PATIENCE_MS = 300_000;

const HEARD_NOTHING: Omit<ClipRun, 'durationSeconds'> = {
  text: '',
  processingMs: 0,
  firstTentativeMs: null,
  commitLagMs: null,
  finalMs: null,
  passes: null,
  words: null,
};

export interface Outcome {
  readonly evaluation: Evaluation;
  /** Clips that ended in an error: scored as if nothing had been heard. */
  readonly failures: readonly string[];
}

/** Runs an engine over the chosen clips, one after another, and prints as it goes. */
export async function evaluate(options: EvaluateOptions, print: (line: string) => void): Promise<Outcome> {
  const { engine, mode, model } = options;
  const terms = options.terms === null ? [] : readTerms(options.terms);
  const clips = chooseClips(readManifest(options.manifest), options.only, options.limit);
  const paths = clips.map(({ path }) => path);
  const harness = mode === 'simulated' ? await openSimulator() : await openHarness(paths, print);
  try {
    const { device, threads } = await within(LOAD_PATIENCE_MS, harness.prepare(engine, model));
    print(`${engine} ${model}, ${mode}, ${device}, ${threads} threads, Chromium ${harness.browserVersion}`);
    print(tableHead());
    const results: ClipResult[] = [];
    const failures: string[] = [];
    for (const clip of clips) {
      const language = options.language ?? languageOf(clip);
      let run: ClipRun;
      try {
        run = await within(
          (clip.durationSeconds * PATIENCE + 60) * 1000,
          harness.run(engine, clip.path, { language, mode, terms }),
        );
      } catch (error) {
        failures.push(clip.id);
        print(`${clip.id}: ${error instanceof Error ? error.message : String(error)}`);
        run = { ...HEARD_NOTHING, durationSeconds: clip.durationSeconds };
      }
      const result = clipResult(clip, run);
      results.push(result);
      print(tableLine(result));
    }
    const total = totalOf(results, await harness.peakMemoryMB());
    print(totalLines(total));
    return { evaluation: { ...provenance(), mode, model, threads, device, clips: results, total }, failures };
  } finally {
    await harness.close();
  }
}

/** The clip's own language; `auto` where it has none that Whisper knows (`zxx`: nobody speaks). */
export const languageOf = ({ language }: Clip): LanguageChoice => (isLanguage(language) ? language : 'auto');

function readTerms(file: string): string[] {
  if (!existsSync(file)) throw new UsageError(`--terms ${file}: no such file`);
  return parseTerms(readFileSync(file, 'utf8'));
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`nothing after ${Math.round(ms / 1000)} s`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
