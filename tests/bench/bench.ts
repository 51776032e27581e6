import { isLanguage, type LanguageChoice } from '../../src/recognizer/languages.ts';
import type { ModelId } from '../../src/recognizer/models.ts';
import { openHarness, type OpenHarness } from '../evaluate/harness/open.ts';
import type { ClipRun, EngineName } from '../evaluate/harness/protocol.ts';
import { provenance, type Provenance } from '../evaluate/machine.ts';
import { readManifest, type Clip } from '../evaluate/manifest.ts';
import { score } from '../evaluate/score/score.ts';
import { median, sum } from '../evaluate/score/statistics.ts';
import type { BenchOptions } from './options.ts';
import { compared, decoderStep, logMel, shares, stagesOf, typical, type Comparison, type Stages } from './stages.ts';

export interface BenchRow {
  readonly model: ModelId;
  readonly clip: string;
  readonly oursMs: readonly number[];
  readonly stockMs: readonly number[];
  /** Median of ours / median of stock: below 1, ours is faster. */
  readonly ratio: number;
  /** Medians of all runs. */
  readonly stages: Readonly<Record<EngineName, Stages>>;
  /** Of the last run; `null` without a reference. To be read beside the ratio: whoever writes nothing is fast, too. */
  readonly errors: Readonly<Record<EngineName, number | null>>;
  readonly units: number | null;
}

/** One model's rows, added up. */
export interface ModelSummary {
  /** The medians of all clips added up, ours / stock. */
  readonly ratio: number;
  /** Time in the decoder per token of text. */
  readonly decoderStep: Comparison | null;
  /** Time for the spectrograms of all clips. */
  readonly logMel: Comparison;
}

/** `null` for a model that was not run. */
type PerModel<T> = Readonly<Record<'tiny' | 'base', T | null>> & { readonly small?: T };

/** What `--json` writes. */
export interface BenchResult extends Provenance {
  readonly rows: readonly BenchRow[];
  readonly ratio: PerModel<number>;
  readonly decoderStep: PerModel<Comparison | null>;
  readonly logMel: PerModel<Comparison>;
}

/** Ours / stock, at most. */
const TARGETS = { decoderStep: 0.25, logMel: 0.1 } as const;

/**
 * Both engines on the same clips with speech, in one page, with the same model and as many threads, turn by turn, and who begins
 * changes with every round: whatever slows the machine down for a while slows both. A first round, in which the engines warm up,
 * does not count.
 */
export async function bench(options: BenchOptions, print: (line: string) => void): Promise<BenchResult> {
  const clips = readManifest(options.manifest).filter(({ text }) => text !== '');
  const harness = await openHarness(
    clips.map(({ path }) => path),
    print,
  );
  try {
    const rows: BenchRow[] = [];
    const summaries = new Map<ModelId, ModelSummary>();
    for (const model of options.models) {
      const ofModel = await benchModel(harness, model, clips, options.runs, print);
      const summary = summaryOf(ofModel);
      rows.push(...ofModel);
      summaries.set(model, summary);
      for (const line of summaryLines(ofModel, summary)) print(`${model}: ${line}`);
    }
    const each = <T>(figure: (summary: ModelSummary) => T): PerModel<T> => ({
      tiny: null,
      base: null,
      ...Object.fromEntries([...summaries].map(([model, summary]) => [model, figure(summary)])),
    });
    return {
      ...provenance(),
      rows,
      ratio: each(({ ratio }) => ratio),
      decoderStep: each((summary) => summary.decoderStep),
      logMel: each((summary) => summary.logMel),
    };
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
    const heard: Record<EngineName, ClipRun[]> = { ours: [], stock: [] };
    for (let run = 0; run <= runs; run++) {
      for (const engine of run % 2 === 0 ? (['ours', 'stock'] as const) : (['stock', 'ours'] as const)) {
        const result = await harness.run(engine, clip.path, request);
        if (run > 0) heard[engine].push(result);
      }
    }
    const row = rowOf(model, clip, heard);
    rows.push(row);
    print(rowLine(clip, row));
  }
  return rows;
}

function rowOf(model: ModelId, clip: Clip, heard: Readonly<Record<EngineName, readonly ClipRun[]>>): BenchRow {
  const both = <T>(figure: (runs: readonly ClipRun[]) => T): Record<EngineName, T> => ({
    ours: figure(heard.ours),
    stock: figure(heard.stock),
  });
  const times = both((runs) => runs.map(({ processingMs }) => Math.round(processingMs)));
  const scores = both((runs) => score(clip, runs.at(-1)?.text ?? ''));
  return {
    model,
    clip: clip.id,
    oursMs: times.ours,
    stockMs: times.stock,
    ratio: compared(median(times.ours) ?? 0, median(times.stock) ?? 1).ratio,
    stages: both((runs) => typical(runs.map(stagesOf))),
    errors: { ours: scores.ours.errors, stock: scores.stock.errors },
    units: scores.ours.units,
  };
}

function summaryOf(rows: readonly BenchRow[]): ModelSummary {
  const total = (engine: 'oursMs' | 'stockMs'): number => sum(rows.map((row) => median(row[engine]) ?? 0));
  const stages = rows.map((row) => row.stages);
  return {
    ratio: compared(total('oursMs'), total('stockMs')).ratio,
    decoderStep: decoderStep(stages),
    logMel: logMel(stages),
  };
}

function rowLine(clip: Clip, { oursMs, stockMs, ratio, stages, errors, units }: BenchRow): string {
  const milliseconds = (values: readonly number[]): string => `${Math.round(median(values) ?? 0)} ms`.padStart(9);
  return [
    clip.id.padEnd(34),
    `${clip.durationSeconds.toFixed(1)} s`.padStart(8),
    `ours ${milliseconds(oursMs)}`,
    `stock ${milliseconds(stockMs)}`,
    `ratio ${ratio.toFixed(3)}`,
    `errors ${errors.ours ?? '–'} / ${errors.stock ?? '–'} of ${units ?? '–'}`,
    `ours is ${shares(stages.ours)}`,
  ].join('  ');
}

function summaryLines(rows: readonly BenchRow[], summary: ModelSummary): string[] {
  const whole = (engine: EngineName): string => shares(rows.map(({ stages }) => stages[engine]));
  const line = (name: string, { oursMs, stockMs, ratio }: Comparison, target: number): string =>
    `${name} ${oursMs} / ${stockMs} ms, ratio ${ratio} (target ${target}) ${ratio <= target ? '✓' : '✗'}`;
  return [
    `ours / stock ${summary.ratio}`,
    `ours is ${whole('ours')}`,
    `stock is ${whole('stock')}`,
    ...(summary.decoderStep === null ? [] : [line('decoder, per token', summary.decoderStep, TARGETS.decoderStep)]),
    line('log-mel, all clips', summary.logMel, TARGETS.logMel),
  ];
}

/** Without a language the stock pipeline assumes English; both are given the same. */
const languageOf = ({ language }: Clip): LanguageChoice => (isLanguage(language) ? language : 'en');
