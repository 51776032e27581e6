import { samplesToMs } from '../../audio/units.ts';
import { lineColumns, readingMs } from './columns.ts';
import { forbidden, leans, wordStarts } from './lines.ts';
import type { Piece } from './runs.ts';
import type { SubtitleShape } from './shape.ts';

const SENTENCE_END = /[.!?…。！？।۔]["'”’»」』）)]*$/u;
const CLAUSE_END = /[,;:、，；：—–]["'”’»」』）)]*$/u;
/** Japanese: particles a phrase ends with. */
const PHRASE_END = /[はがをにでともへばて]$/u;

/** What a subtitle costs by being there, by where it ends, and by being too short to read. */
const COST = {
  each: 10,
  clause: 4,
  pause: 6,
  phrase: 9,
  nowhere: 14,
  leaning: 12,
  torn: 60,
  unfinished: 8,
  hurried: 20,
};
/** A pause between two words at which a listener takes breath. */
const BREATH_MS = 250;
/** How long a subtitle may stay when its speech is over. */
export const HANG_MS = 1500;

/** Cuts a run into the subtitles that cost least together: dynamic programming over the words at which one may end. */
export function split(run: readonly Piece[], shape: SubtitleShape): Piece[][] {
  const ends = endCosts(run);
  const best = [0];
  const from = [0];
  for (let end = 1; end <= run.length; end++) {
    best[end] = Infinity;
    for (let start = end - 1; start >= 0; start--) {
      if (start < end - 1 && !holds(run, start, end, shape)) break;
      const cost = best[start]! + COST.each + ends[end - 1]!.cost + cueCost(run, ends, start, end, shape);
      if (cost >= best[end]!) continue;
      best[end] = cost;
      from[end] = start;
    }
  }
  const cues: Piece[][] = [];
  for (let end = run.length; end > 0; end = from[end]!) cues.unshift(run.slice(from[end], end));
  return cues;
}

interface End {
  readonly cost: number;
  readonly sentence: boolean;
}

/** What ending a subtitle after each piece costs, whatever it holds. */
function endCosts(run: readonly Piece[]): End[] {
  // Where words are written apart, each piece is one.
  const apart = run.every(({ text }, index) => index === 0 || text.startsWith(' '));
  const starts = apart ? null : wordStarts(run.map(({ text }) => text).join(''));
  let offset = 0;
  return run.map((piece, index) => {
    offset += piece.text.length;
    const next = run[index + 1];
    const sentence = SENTENCE_END.test(piece.text);
    if (next === undefined || (sentence && !forbidden(piece.text, next.text.trim()))) return { cost: 0, sentence };
    if (forbidden(piece.text, next.text.trim()) || starts?.has(offset) === false) return { cost: COST.torn, sentence };
    if (CLAUSE_END.test(piece.text)) return { cost: COST.clause, sentence };
    const leaning = leans(piece.text) ? COST.leaning : 0;
    if (samplesToMs(next.startSample - piece.endSample) >= BREATH_MS) return { cost: COST.pause + leaning, sentence };
    return { cost: (PHRASE_END.test(piece.text) ? COST.phrase : COST.nowhere) + leaning, sentence };
  });
}

function cueCost(
  run: readonly Piece[],
  ends: readonly End[],
  start: number,
  end: number,
  shape: SubtitleShape,
): number {
  const [first, last, next] = [run[start]!, run[end - 1]!, run[end]];
  let [width, wide, sentences] = [0, false, 0];
  for (let index = start; index < end; index++) {
    width += run[index]!.columns;
    wide ||= run[index]!.wide;
    if (ends[index]!.sentence) sentences++;
  }
  const until = Math.min(
    samplesToMs(last.endSample) + HANG_MS,
    samplesToMs(next?.startSample ?? Infinity) - shape.gapMs,
  );
  const neededMs = Math.max(shape.minMs, readingMs(width, wide, shape));
  const missing = Math.max(0, neededMs - (until - samplesToMs(first.startSample))) / neededMs;
  const unfinished = sentences > 0 && !ends[end - 1]!.sentence ? COST.unfinished : 0;
  return Math.min(1, missing) * COST.hurried + unfinished;
}

/** Whether the pieces fit the lines and the longest time of one subtitle. */
function holds(run: readonly Piece[], start: number, end: number, shape: SubtitleShape): boolean {
  if (samplesToMs(run[end - 1]!.endSample - run[start]!.startSample) > shape.maxMs) return false;
  let wide = false;
  for (let index = start; index < end; index++) wide ||= run[index]!.wide;
  const limit = lineColumns(wide, shape);
  let [lines, width] = [1, 0];
  for (let index = start; index < end; index++) {
    const piece = run[index]!;
    if (piece.columns > limit && end - start > 1) return false;
    if (width + piece.columns > limit) {
      lines++;
      width = 0;
    }
    width += piece.columns - (width === 0 && piece.text.startsWith(' ') ? 1 : 0);
  }
  return lines <= shape.lines;
}
