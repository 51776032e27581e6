import type { Segment, Transcript } from './transcript.ts';
import type { Word } from './word.ts';

/** These segments of the text that both began with, from `from` to before `to`, became those. */
interface Hunk {
  readonly from: number;
  readonly to: number;
  readonly put: readonly Segment[];
}

export interface Merged {
  readonly transcript: Transcript;
  /** Both have changed the same words: ours stand. */
  readonly conflict: boolean;
}

/** Joins what two have done to the same text, by its segments. @param base what both began with. Pure. */
export function mergeEdits(base: Transcript, ours: Transcript, theirs: Transcript): Merged {
  const others = hunksOf(base, theirs);
  const own = hunksOf(base, ours);
  const conflicting = others.filter((hunk) => own.some((mine) => meet(mine, hunk) && !isSameHunk(mine, hunk)));
  const joined = others.filter((hunk) => !own.some((mine) => meet(mine, hunk)));
  const hunks = [...own, ...joined].sort((a, b) => a.from - b.from || a.to - b.to);
  const here = byId(ours);
  const kept = byId(theirs);
  const segments: Segment[] = [];
  let at = 0;
  for (const { from, to, put } of [...hunks, { from: base.segments.length, to: base.segments.length, put: [] }]) {
    for (const segment of base.segments.slice(at, from)) {
      const { id } = segment;
      segments.push(withParagraph(segment, here.get(id) ?? segment, kept.get(id) ?? segment));
    }
    segments.push(...put);
    at = to;
  }
  return { transcript: { segments }, conflict: conflicting.length > 0 };
}

/** What stands in both, in the same order, parts what was changed. */
function hunksOf({ segments: base }: Transcript, { segments: edited }: Transcript): Hunk[] {
  const places = new Map(base.map((segment, index) => [segment.id, index]));
  const hunks: Hunk[] = [];
  let from = 0;
  let put: Segment[] = [];
  const end = (to: number) => {
    if (to > from || put.length > 0) hunks.push({ from, to, put });
    put = [];
    from = to + 1;
  };
  for (const segment of edited) {
    const place = places.get(segment.id) ?? -1;
    if (place >= from && isSame(segment, base[place]!)) end(place);
    else put.push(segment);
  }
  end(base.length);
  return hunks;
}

/** Two insertions at the same place meet, one beside a change does not. */
const meet = (a: Hunk, b: Hunk): boolean =>
  (a.from === b.from && a.to === b.to) || Math.max(a.from, b.from) < Math.min(a.to, b.to);

const isSameHunk = (a: Hunk, b: Hunk): boolean =>
  a.from === b.from &&
  a.to === b.to &&
  a.put.length === b.put.length &&
  a.put.every((segment, i) => isSame(segment, b.put[i]!));

/** Nobody has changed its words: it is as it is kept now, and begins a paragraph as who has changed that will have it. */
function withParagraph(base: Segment, ours: Segment, theirs: Segment): Segment {
  if (ours.paragraph === base.paragraph || ours.paragraph === undefined) return theirs;
  return ours.paragraph === theirs.paragraph ? theirs : { ...theirs, paragraph: ours.paragraph };
}

const byId = ({ segments }: Transcript): ReadonlyMap<string, Segment> =>
  new Map(segments.map((segment) => [segment.id, segment]));

/** The same words. Edits write down where paragraphs begin beside what they change: that is no change of the text. */
function isSame(a: Segment, b: Segment): boolean {
  if (a.committed === b.committed && a.startSample === b.startSample) return true;
  return (
    a.startSample === b.startSample &&
    a.language === b.language &&
    a.committed.length === b.committed.length &&
    a.committed.every((word, i) => isSameWord(word, b.committed[i]!))
  );
}

const isSameWord = (a: Word, b: Word): boolean =>
  a.text === b.text && a.startSample === b.startSample && a.endSample === b.endSample;
