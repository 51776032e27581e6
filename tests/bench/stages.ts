import type { ClipRun, EngineName } from '../evaluate/harness/protocol.ts';
import { median, sum } from '../evaluate/score/statistics.ts';

/** Where the time of one engine goes on one clip. */
export interface Stages {
  readonly melMs: number;
  readonly encoderMs: number;
  /** From the encoder's output to the last token: prefill, steps, and the choice of each token. */
  readonly decoderMs: number;
  /** What is left of the whole: with ours voice detection, guards, word times, policy and messages between threads. */
  readonly restMs: number;
  /** Tokens of text written, those of passes that were thrown away included. */
  readonly tokenCount: number;
}

/** One figure of both engines on the same clips. */
export interface Comparison {
  readonly oursMs: number;
  readonly stockMs: number;
  /** ours / stock: below 1, ours is faster. */
  readonly ratio: number;
}

type Row = Readonly<Record<EngineName, Stages>>;

export function stagesOf({ processingMs, passes }: Pick<ClipRun, 'processingMs' | 'passes'>): Stages {
  const total = (part: 'melMs' | 'encoderMs' | 'decoderMs' | 'tokenCount'): number =>
    sum((passes ?? []).map((pass) => pass[part]));
  const [melMs, encoderMs, decoderMs] = [total('melMs'), total('encoderMs'), total('decoderMs')];
  const restMs = processingMs - melMs - encoderMs - decoderMs;
  return { melMs, encoderMs, decoderMs, restMs, tokenCount: total('tokenCount') };
}

/** Each figure's median over several runs. */
export function typical(runs: readonly Stages[]): Stages {
  const middle = (part: keyof Stages): number => round(median(runs.map((run) => run[part])) ?? 0);
  return {
    melMs: middle('melMs'),
    encoderMs: middle('encoderMs'),
    decoderMs: middle('decoderMs'),
    restMs: middle('restMs'),
    tokenCount: middle('tokenCount'),
  };
}

/** Time in the decoder per token of text. `null` when an engine wrote nothing. */
export function decoderStep(rows: readonly Row[]): Comparison | null {
  const perToken = (engine: keyof Row): number =>
    sum(rows.map((row) => row[engine].decoderMs)) / sum(rows.map((row) => row[engine].tokenCount));
  const [ours, stock] = [perToken('ours'), perToken('stock')];
  return Number.isFinite(ours) && Number.isFinite(stock) ? compared(ours, stock) : null;
}

/** Time for the log-mel spectrograms of all clips: ours of the speech in them, stock's of 30 s each. */
export const logMel = (rows: readonly Row[]): Comparison =>
  compared(sum(rows.map(({ ours }) => ours.melMs)), sum(rows.map(({ stock }) => stock.melMs)));

/** Shares of the whole time, as text: `mel 2 %, encoder 60 %, …`. */
export function shares(parts: Stages | readonly Stages[]): string {
  const all = [parts].flat();
  const names = ['mel', 'encoder', 'decoder', 'rest'] as const;
  const times = names.map((name) => sum(all.map((stages) => stages[`${name}Ms`])));
  return names.map((name, i) => `${name} ${Math.round((100 * times[i]!) / sum(times))} %`).join(', ');
}

export const compared = (ours: number, stock: number): Comparison => ({
  oursMs: round(ours),
  stockMs: round(stock),
  ratio: Number((ours / stock).toFixed(3)),
});

const round = (value: number): number => Number(value.toFixed(2));
