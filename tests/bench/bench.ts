import { isLanguage, type LanguageChoice } from '../../src/recognizer/languages.ts';
import type { ModelId } from '../../src/recognizer/models.ts';
import type { PassTiming } from '../../src/recognizer/protocol.ts';
import { openHarness, type OpenHarness } from '../evaluate/harness/open.ts';
import { provenance, type Provenance } from '../evaluate/machine.ts';
import { readManifest, type Clip } from '../evaluate/manifest.ts';
import { median, sum } from '../evaluate/score/statistics.ts';
import type { BenchOptions } from './options.ts';

export interface BenchRow {
  readonly model: ModelId;
  readonly clip: string;
  readonly oursMs: readonly number[];
  readonly stockMs: readonly number[];
  /** Median of ours / median of stock: below 1, ours is faster. */
  readonly ratio: number;
}

/** What `--json` writes. */
export interface BenchResult extends Provenance {
  readonly rows: readonly BenchRow[];
  /** Per model, the medians of all clips added up, ours / stock; `null` for a model that was not run. */
  readonly ratio: { readonly tiny: number | null; readonly base: number | null; readonly small?: number };
}

/**
 * Both engines on the same clips with speech, in one page, with the same model and as many threads, turn by turn: whatever slows
 * the machine down for a while slows both. A first round, in which the engines warm up, does not count.
 */
export async function bench(options: BenchOptions, print: (line: string) => void): Promise<BenchResult> {
  const clips = readManifest(options.manifest).filter(({ text }) => text !== '');
  const harness = await openHarness(
    clips.map(({ path }) => path),
    print,
  );
  try {
    const rows: BenchRow[] = [];
    const ratio: Partial<Record<ModelId, number>> = {};
    for (const model of options.models) {
      const ofModel = await benchModel(harness, model, clips, options.runs, print);
      rows.push(...ofModel);
      ratio[model] = round(sum(medians(ofModel, 'oursMs')) / sum(medians(ofModel, 'stockMs')));
      print(`${model}: ours / stock ${ratio[model]}`);
    }
    return { ...provenance(), rows, ratio: { tiny: null, base: null, ...ratio } };
  } finally {
    await harness.close();
  }
}

async function benchModel(
  harness: OpenHarness,
  model: ModelId,
  clips: readonly Clip[],
  runs: number,
  print: (line: string) => void,
): Promise<BenchRow[]> {
  const { threads, device } = await harness.prepare('ours', model);
  await harness.prepare('stock', model, threads);
  print(`${model}, ${device}, ${threads} threads, Chromium ${harness.browserVersion}`);
  const rows: BenchRow[] = [];
  for (const clip of clips) {
    const request = { language: languageOf(clip), mode: 'file' } as const;
    const oursMs: number[] = [];
    const stockMs: number[] = [];
    const passes: PassTiming[] = [];
    for (let run = 0; run <= runs; run++) {
      const ours = await harness.run('ours', clip.path, request);
      const stock = await harness.run('stock', clip.path, request);
      if (run === 0) continue;
      oursMs.push(Math.round(ours.processingMs));
      stockMs.push(Math.round(stock.processingMs));
      passes.push(...(ours.passes ?? []));
    }
    const row = { model, clip: clip.id, oursMs, stockMs, ratio: ratioOf(oursMs, stockMs) };
    rows.push(row);
    print(rowLine(clip, row, passes));
  }
  return rows;
}

function rowLine(clip: Clip, row: BenchRow, passes: readonly PassTiming[]): string {
  const milliseconds = (values: readonly number[]): string => `${Math.round(median(values) ?? 0)} ms`.padStart(9);
  const share = (part: 'melMs' | 'encoderMs' | 'decoderMs'): string =>
    `${Math.round((100 * sum(passes.map((pass) => pass[part]))) / sum(row.oursMs))} %`;
  return [
    clip.id.padEnd(34),
    `${clip.durationSeconds.toFixed(1)} s`.padStart(8),
    `ours ${milliseconds(row.oursMs)}`,
    `stock ${milliseconds(row.stockMs)}`,
    `ratio ${row.ratio.toFixed(3)}`,
    `ours is mel ${share('melMs')}, encoder ${share('encoderMs')}, decoder ${share('decoderMs')}`,
  ].join('  ');
}

const medians = (rows: readonly BenchRow[], engine: 'oursMs' | 'stockMs'): number[] =>
  rows.map((row) => median(row[engine]) ?? 0);

const ratioOf = (oursMs: readonly number[], stockMs: readonly number[]): number =>
  round((median(oursMs) ?? 0) / (median(stockMs) ?? 1));

/** Without a language the stock pipeline assumes English; both are given the same. */
const languageOf = ({ language }: Clip): LanguageChoice => (isLanguage(language) ? language : 'en');

const round = (value: number): number => Number(value.toFixed(3));
