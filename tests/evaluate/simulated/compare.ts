import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { WhisperEvent } from '../../../src/recognizer/protocol.ts';
import { samplesToSeconds } from '../../../src/audio/units.ts';
import type { Tuning } from '../../../workers/whisper/tuning.ts';
import { languageOf } from '../evaluate.ts';
import { provenance } from '../machine.ts';
import { chooseClips, readManifest } from '../manifest.ts';
import { UsageError, type EvaluateOptions } from '../options.ts';
import { clipResult, tableHead, tableLine, totalLines, totalOf, type ClipResult, type Evaluation } from '../report.ts';
import { COSTS } from './costs.ts';
import { openClipReader } from './decode.ts';
import { loadInNode } from './load.ts';
import { RememberingModel } from './memory.ts';
import { simulate } from './session.ts';

/** What a tuning changes of the one that ships; `segments: 'file'` is the file mode, which live is compared with. */
export type Variant = Partial<Tuning> & { readonly segments?: 'live' | 'file' };

/**
 * Simulates every clip with each of several tunings, clip by clip: what one has computed of a clip the others need not compute
 * again. Prints as it goes, and of a single clip every pass.
 * @param file a module whose default export has the variants by name.
 */
export async function compareTunings(
  file: string,
  { manifest, model, only, limit, language }: EvaluateOptions,
  print: (line: string) => void,
): Promise<Readonly<Record<string, Evaluation>>> {
  const variants = await readVariants(file);
  const clips = chooseClips(readManifest(manifest), only, limit);
  const results = variants.map(() => [] as ClipResult[]);
  const reader = await openClipReader();
  const { recognizer, detector } = await loadInNode(model);
  try {
    print(tableHead());
    for (const clip of clips) {
      const samples = await reader.read(clip.path);
      const remembering = new RememberingModel(recognizer.model);
      for (const [i, [name, { segments = 'live', ...tuning }]] of variants.entries()) {
        const run = await simulate(samples, {
          recognizer: { ...recognizer, ...tuning, model: remembering },
          detector,
          costs: COSTS[model],
          segments,
          settings: { language: language ?? languageOf(clip), languages: [], task: 'transcribe', terms: [] },
          ...(clips.length === 1 && { onEvent: (event, atMs) => trace(event, atMs, print) }),
        });
        const result = clipResult(clip, { ...run, durationSeconds: samplesToSeconds(samples.length) });
        results[i]!.push(result);
        print(`${tableLine(result)}  ${name}: ${result.text}`);
      }
      await remembering.forget();
    }
  } finally {
    detector.close();
    await reader.close();
  }
  return Object.fromEntries(
    variants.map(([name], i) => {
      const total = totalOf(results[i]!, null);
      print(`\n${name}\n${totalLines(total)}`);
      const run = { mode: 'simulated', model, threads: 1, device: 'wasm', clips: results[i]!, total } as const;
      return [name, { ...provenance(), ...run }];
    }),
  );
}

/** ` 4.17 s  what is committed now | what is tentative` */
function trace(event: WhisperEvent, atMs: number, print: (line: string) => void): void {
  if (event.type !== 'words') return;
  const [committed, tentative] = [event.committed, event.tentative].map((words) =>
    words.map(({ text }) => text).join(''),
  );
  print(`${(atMs / 1000).toFixed(2).padStart(8)} s ${committed} |${tentative}`);
}

async function readVariants(file: string): Promise<[string, Variant][]> {
  const module = (await import(pathToFileURL(resolve(file)).href).catch((error: unknown) => {
    throw new UsageError(`--tunings ${file}: ${error instanceof Error ? error.message : String(error)}`);
  })) as { readonly default?: Readonly<Record<string, Variant>> };
  const variants = Object.entries(module.default ?? {});
  if (variants.length === 0) throw new UsageError(`--tunings ${file}: its default export has no tunings`);
  return variants;
}
