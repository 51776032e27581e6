import { SAMPLE_RATE } from '../../audio/units.ts';
import { joint } from '../paragraphs.ts';
import type { Transcript } from '../transcript.ts';
import { clean } from './clean.ts';
import { columns, isWide, lineColumns } from './columns.ts';
import { chop } from './lines.ts';
import type { SubtitleShape } from './shape.ts';

/** What a subtitle is made of: a word with the space before it, never cut. Times are sample indices. */
export interface Piece {
  readonly text: string;
  readonly startSample: number;
  readonly endSample: number;
  readonly columns: number;
  readonly wide: boolean;
}

/** A pause this long ends a subtitle, whatever was being said. */
const PAUSE_SAMPLES = 1 * SAMPLE_RATE;
/** Scripts that write words without a space between them. */
const UNSPACED =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}\u3000-\u303f\uff00-\uffef]/u;

/** The committed words between two long pauses (or two languages), across segments. */
export function runsOf({ segments }: Transcript, shape: SubtitleShape): Piece[][] {
  const runs: Piece[][] = [];
  let run: Piece[] = [];
  let language = segments[0]?.language;
  for (const segment of segments) {
    for (const [index, word] of segment.committed.entries()) {
      const last = run.at(-1);
      const paused = last !== undefined && word.startSample - last.endSample >= PAUSE_SAMPLES;
      if (paused || (index === 0 && segment.language !== language)) {
        runs.push(run);
        run = [];
      }
      const before = run.at(-1)?.text ?? '';
      const space = /^\s/.test(word.text) ? ' ' : index === 0 ? joint(before, word.text) : '';
      add(run, { ...word, text: clean(word.text) }, space, shape);
    }
    if (segment.committed.length > 0) ({ language } = segment);
  }
  runs.push(run);
  return runs.filter(({ length }) => length > 0);
}

/** Joins what belongs to one word, and cuts what no subtitle could hold. */
function add(run: Piece[], word: Omit<Piece, 'columns' | 'wide'>, space: string, shape: SubtitleShape): void {
  if (word.text === '') return;
  const last = run.at(-1);
  const glued = last !== undefined && space === '' && !UNSPACED.test(last.text.at(-1)! + word.text.charAt(0));
  if (glued) run.pop();
  const text = glued ? last.text + word.text : (run.length === 0 ? '' : space) + word.text;
  const startSample = glued ? last.startSample : word.startSample;
  const wide = isWide(text);
  const limit = lineColumns(wide, shape);
  const parts = columns(text) > limit ? chop(text, limit) : [text];
  const each = Math.max(0, word.endSample - startSample) / parts.length;
  for (const [index, part] of parts.entries())
    run.push({
      text: part,
      startSample: Math.round(startSample + index * each),
      endSample: Math.round(startSample + (index + 1) * each),
      columns: columns(part),
      wide,
    });
}
