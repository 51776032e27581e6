import type { Device } from '../../src/recognizer/protocol.ts';
import type { ClipRun, Mode } from './harness/protocol.ts';
import type { Provenance } from './machine.ts';
import type { Clip } from './manifest.ts';
import { isScoredByCharacter } from './score/normalise.ts';
import { score } from './score/score.ts';
import { median, spread, sum, type Spread } from './score/statistics.ts';
import { timeErrors, type TimeErrors } from './score/word-times.ts';

/** One clip of `--json`. `wer` is a character error rate where the language is scored so; `null` where a figure does not apply. */
export interface ClipResult {
  readonly id: string;
  readonly language: string;
  readonly kind: string;
  readonly durationSeconds: number;
  readonly reference: string | null;
  readonly text: string;
  readonly errors: number | null;
  readonly units: number | null;
  readonly wer: number | null;
  readonly wordsLostAtStop: number | null;
  readonly firstTentativeMs: number | null;
  readonly commitLagMs: readonly number[] | null;
  readonly finalMs: number | null;
  readonly processingMs: number;
  /** Of words heard right, where the manifest says when they are said. */
  readonly wordTimes: TimeErrors | null;
}

/** How far times are off, in milliseconds: without their sign, and with it. */
export interface TimeError {
  readonly median: number | null;
  readonly p95: number | null;
  /** Median with its sign: above 0 is late. */
  readonly bias: number | null;
}

export interface Total {
  readonly wer: number | null;
  readonly cer: number | null;
  readonly wordsLostAtStop: number;
  readonly wordsWithoutSpeech: number;
  readonly firstTentativeMs: Spread;
  readonly commitLagMs: Spread;
  readonly finalMs: Spread;
  readonly realTimeFactor: number | null;
  readonly peakMemoryMB: number | null;
  readonly wordStartMs: TimeError;
  readonly wordEndMs: TimeError;
}

/** What `--json` writes. */
export interface Evaluation extends Provenance {
  readonly mode: Mode;
  readonly model: string;
  readonly threads: number;
  readonly device: Device;
  readonly clips: readonly ClipResult[];
  readonly total: Total;
}

export function clipResult(clip: Clip, run: ClipRun): ClipResult {
  const { errors, units, wer, wordsLostAtStop } = score(clip, run.text);
  return {
    id: clip.id,
    language: clip.language,
    kind: clip.kind,
    durationSeconds: round(run.durationSeconds, 3),
    reference: clip.text,
    text: run.text.trim(),
    errors,
    units,
    wer: wer === null ? null : round(wer, 4),
    wordsLostAtStop,
    firstTentativeMs: roundOrNull(run.firstTentativeMs),
    commitLagMs: run.commitLagMs?.map((ms) => Math.round(ms)) ?? null,
    finalMs: roundOrNull(run.finalMs),
    processingMs: Math.round(run.processingMs),
    wordTimes: clip.words && run.words ? timeErrors(clip.words, run.words, clip.language) : null,
  };
}

export function totalOf(clips: readonly ClipResult[], peakMemoryMB: number | null): Total {
  const spoken = clips.filter(({ units }) => units !== null && units > 0);
  const numbers = (values: readonly (number | null)[]): number[] => values.filter((value) => value !== null);
  const seconds = sum(clips.map(({ durationSeconds }) => durationSeconds));
  return {
    wer: rate(spoken.filter(({ language }) => !isScoredByCharacter(language))),
    cer: rate(spoken.filter(({ language }) => isScoredByCharacter(language))),
    wordsLostAtStop: sum(spoken.map((clip) => clip.wordsLostAtStop ?? 0)),
    wordsWithoutSpeech: sum(clips.filter(({ units }) => units === 0).map(({ errors }) => errors ?? 0)),
    firstTentativeMs: rounded(spread(numbers(clips.map((clip) => clip.firstTentativeMs)))),
    commitLagMs: rounded(spread(clips.flatMap((clip) => clip.commitLagMs ?? []))),
    finalMs: rounded(spread(numbers(clips.map((clip) => clip.finalMs)))),
    realTimeFactor: seconds === 0 ? null : round(sum(clips.map((clip) => clip.processingMs)) / 1000 / seconds, 4),
    peakMemoryMB,
    wordStartMs: timeError(clips.flatMap(({ wordTimes }) => wordTimes?.startMs ?? [])),
    wordEndMs: timeError(clips.flatMap(({ wordTimes }) => wordTimes?.endMs ?? [])),
  };
}

const COLUMNS = ['clip', 'seconds', 'error', 'lost', 'first', 'lag', 'final', 'rtf'] as const;
const ID_WIDTH = 34;
const WIDTH = 9;

export const tableHead = (): string => row(COLUMNS);

/** One clip as a line: error rate, words lost at Stop, first word, median lag, time to `stopped`, real-time factor. */
export function tableLine(clip: ClipResult): string {
  const wordsHeard = clip.units === 0 ? `${clip.errors ?? 0} words` : null;
  return row([
    clip.id,
    clip.durationSeconds.toFixed(1),
    wordsHeard ?? percent(clip.wer),
    clip.wordsLostAtStop === null ? '–' : String(clip.wordsLostAtStop),
    milliseconds(clip.firstTentativeMs),
    milliseconds(spread(clip.commitLagMs ?? []).median),
    milliseconds(clip.finalMs),
    clip.durationSeconds === 0 ? '–' : (clip.processingMs / 1000 / clip.durationSeconds).toFixed(3),
  ]);
}

export function totalLines(total: Total): string {
  const both = ({ median, p95 }: Spread): string => `median ${milliseconds(median)}, 95 % ${milliseconds(p95)}`;
  return [
    `WER ${percent(total.wer)}   CER ${percent(total.cer)}`,
    `words lost at Stop ${total.wordsLostAtStop}   words on clips without speech ${total.wordsWithoutSpeech}`,
    `speech to first word: ${both(total.firstTentativeMs)}`,
    `end of a word to its commit: ${both(total.commitLagMs)}`,
    `end of audio to stopped: ${both(total.finalMs)}`,
    `real-time factor ${total.realTimeFactor?.toFixed(3) ?? '–'}   peak memory ${total.peakMemoryMB ?? '–'} MB`,
    ...(total.wordStartMs.median === null
      ? []
      : [`times of words: ${timeLine('start', total.wordStartMs)}; ${timeLine('end', total.wordEndMs)}`]),
  ].join('\n');
}

const timeLine = (what: string, { median: middle, p95, bias }: TimeError): string =>
  `${what} off by median ${milliseconds(middle)}, 95 % ${milliseconds(p95)}, bias ${milliseconds(bias)}`;

function timeError(errors: readonly number[]): TimeError {
  const sizes = errors.map((ms) => Math.abs(ms));
  return { ...rounded(spread(sizes)), bias: roundOrNull(median(errors)) };
}

function rate(clips: readonly ClipResult[]): number | null {
  if (clips.length === 0) return null;
  return round(sum(clips.map(({ errors }) => errors ?? 0)) / sum(clips.map(({ units }) => units ?? 0)), 4);
}

const row = (cells: readonly string[]): string =>
  cells.map((cell, i) => (i === 0 ? cell.padEnd(ID_WIDTH) : cell.padStart(WIDTH))).join(' ');

const percent = (share: number | null): string => (share === null ? '–' : `${(share * 100).toFixed(1)} %`);
const milliseconds = (ms: number | null): string => (ms === null ? '–' : `${Math.round(ms)} ms`);
const round = (value: number, digits: number): number => Number(value.toFixed(digits));
const roundOrNull = (value: number | null): number | null => (value === null ? null : Math.round(value));
const rounded = ({ median, p95 }: Spread): Spread => ({ median: roundOrNull(median), p95: roundOrNull(p95) });
