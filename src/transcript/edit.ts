import { flowOf, inkStart, type Flow } from './editing/flow.ts';
import { retime, type Piece } from './editing/retime.ts';
import { freshId, joinSeams, locate, put, withoutEmpty, type Located } from './editing/structure.ts';
import { paragraphsOf } from './paragraphs.ts';
import type { Segment, Transcript } from './transcript.ts';
import type { Word } from './word.ts';

/** A place in a paragraph's text, in UTF-16 units. */
export interface Spot {
  /** Its `Paragraph.id`. An edit never changes that of the paragraph it happens in. */
  readonly paragraph: string;
  readonly offset: number;
}

/** What an edit came to, and where the writing goes on. */
export interface Edited {
  readonly transcript: Transcript;
  readonly caret: Spot;
}

/** With the white space around them. */
const LINE_BREAKS = /\s*[\r\n\u2028\u2029]\s*/u;

/**
 * Puts `inserted` in place of the characters from `spot` up to the offset `to` of a paragraph's text. Words that stay keep their
 * times; new ones get those of the words they replace, or the silence around them. Line breaks begin paragraphs; the paragraphs
 * around are held as they were. Pure. Unchanged when there is no such paragraph.
 */
export function replaceText(transcript: Transcript, spot: Spot, to: number, inserted: string): Edited {
  const lines = inserted.split(LINE_BREAKS);
  let edited = replaceWithin(transcript, spot, to, lines.join(' '));
  const { caret } = edited;
  // From the last one on, so that the offsets of the others still hold.
  let offset = caret.offset;
  let last: Spot | null = null;
  for (const line of lines.slice(1).reverse()) {
    offset -= line.length + 1;
    edited = splitParagraph(edited.transcript, { paragraph: spot.paragraph, offset });
    last ??= { paragraph: edited.caret.paragraph, offset: edited.caret.offset + line.length };
  }
  return { transcript: edited.transcript, caret: last ?? caret };
}

function replaceWithin(transcript: Transcript, spot: Spot, to: number, inserted: string): Edited {
  const place = locate(transcript, spot.paragraph);
  if (place === null) return { transcript, caret: spot };
  const flow = flowOf(place.segments);
  const from = clamp(spot.offset, 0, flow.text.length);
  const until = clamp(to, from, flow.text.length);
  const written = flow.text.slice(0, from) + inserted + flow.text.slice(until);
  const text = written.trimStart();
  const offset = clamp(from + inserted.length - (written.length - text.length), 0, text.length);
  const caret = { paragraph: spot.paragraph, offset };
  if (text === flow.text) return { transcript, caret };

  const owned = reword(place, flow, from, until, text);
  const segments = place.segments.map((segment, index) => withWords(segment, owned[index]!));
  return { transcript: put(transcript, place, joinSeams(withoutEmpty(segments), text)), caret };
}

/** The words of each segment once the paragraph's characters `[from, until)` are others, and its text is `text`. */
function reword(place: Located, flow: Flow, from: number, until: number, text: string): readonly (readonly Word[])[] {
  const { places } = flow;
  // One word more on each side: what is written may join it, and white space needs a word to belong to.
  const touched = places.findIndex((word) => word.to >= from);
  const first = Math.max(0, (touched < 0 ? places.length : touched) - 1);
  const end = Math.min(places.length, places.findLastIndex((word) => word.from <= until) + 2);
  const region = places.slice(first, end);
  const tail = flow.text.length - (region.at(-1)?.to ?? 0);
  const pieces = region.map((word): Piece => ({ text: flow.text.slice(word.from, word.to), word: word.word }));
  const room = {
    startSample: places[first - 1]?.word.endSample ?? place.startSample,
    endSample: places[end]?.word.startSample ?? place.endSample,
  };
  // An empty paragraph knows when it was.
  if (places.length === 0) room.startSample = Math.max(room.startSample, place.segments[0]!.startSample);
  const language = place.segments[region[0]?.segment ?? 0]!.language;
  const words = retime(pieces, text.slice(region[0]?.from ?? 0, text.length - tail), room, language);

  const owned = place.segments.map((): Word[] => []);
  for (const { segment, word } of places.slice(0, first)) owned[segment]!.push(word);
  for (const { word, piece } of words) owned[region[piece]?.segment ?? 0]!.push(word);
  for (const { segment, word } of places.slice(end)) owned[segment]!.push(word);
  return owned;
}

function withWords(segment: Segment, committed: readonly Word[]): Segment {
  const same =
    committed.length === segment.committed.length && committed.every((word, i) => word === segment.committed[i]);
  if (same) return segment;
  return { ...segment, committed, startSample: committed[0]?.startSample ?? segment.startSample };
}

/**
 * Begins a new paragraph at `spot`, in the middle of a word if need be; at the end of a paragraph it is an empty one. Pure.
 * Unchanged where nothing stands before it.
 */
export function splitParagraph(transcript: Transcript, spot: Spot): Edited {
  const place = locate(transcript, spot.paragraph);
  const flow = flowOf(place?.segments ?? []);
  if (place === null || flow.text.slice(0, spot.offset).trim() === '') return { transcript, caret: spot };
  const [before, behind] =
    flow.text.slice(spot.offset).trim() === ''
      ? ([place.segments, [emptyBehind(transcript, place.segments)]] as const)
      : divide(transcript, place.segments, flow, spot.offset);
  return {
    transcript: put(transcript, place, before, behind),
    caret: { paragraph: behind[0]!.id, offset: 0 },
  };
}

function emptyBehind(transcript: Transcript, segments: readonly Segment[]): Segment {
  const last = segments.at(-1)!;
  const startSample = last.committed.at(-1)?.endSample ?? last.startSample;
  const { language } = last;
  return { id: freshId(transcript, last.id), startSample, language, committed: [], tentative: [], final: true };
}

/** Two lists of segments, cut at an offset with letters on both sides. */
function divide(
  transcript: Transcript,
  segments: readonly Segment[],
  flow: Flow,
  offset: number,
): readonly [readonly Segment[], readonly Segment[]] {
  const index = flow.places.findIndex(({ to }) => offset < to);
  const place = flow.places[index]!;
  const segment = segments[place.segment]!;
  const position = index - flow.places.findIndex((other) => other.segment === place.segment);
  const letters = offset - inkStart(flow, place);
  const [head, tail] = letters > 0 ? cut(place.word, letters) : [null, place.word];
  const before = [...segment.committed.slice(0, position), ...(head === null ? [] : [head])];
  const behind = [tail, ...segment.committed.slice(position + 1)];
  const earlier = segments.slice(0, place.segment);
  const later = segments.slice(place.segment + 1);
  if (before.length === 0) return [earlier, [segment, ...later]];
  const id = freshId(transcript, segment.id);
  return [
    [...earlier, { ...segment, committed: before }],
    [{ ...segment, id, startSample: tail.startSample, committed: behind }, ...later],
  ];
}

/** A word in two, after so many of its letters, its time shared out by them. */
function cut(word: Word, letters: number): readonly [Word, Word] {
  const lead = word.text.length - word.text.trimStart().length;
  const share = letters / (word.text.length - lead);
  const middle = word.startSample + Math.round((word.endSample - word.startSample) * share);
  return [
    { ...word, text: word.text.slice(0, lead + letters), endSample: middle },
    { ...word, text: word.text.slice(lead + letters), startSample: middle },
  ];
}

/** Joins a paragraph to the one before it. Pure. Unchanged when it is the first, or there is no such paragraph. */
export function mergeParagraph(transcript: Transcript, paragraph: string): Edited {
  const paragraphs = paragraphsOf(transcript);
  const index = paragraphs.findIndex(({ id }) => id === paragraph);
  const first = paragraphs[index - 1];
  const second = paragraphs[index];
  if (first === undefined || second === undefined) return { transcript, caret: { paragraph, offset: 0 } };
  const place = locate(transcript, first.id)!;
  const segments = withoutEmpty([...first.segments, ...second.segments]);
  const offset = flowOf(segments).text.length - flowOf(second.segments).text.length;
  const both = { ...place, segments: [...first.segments, ...second.segments] };
  return { transcript: put(transcript, both, segments), caret: { paragraph: first.id, offset } };
}

const clamp = (value: number, lower: number, upper: number): number => Math.min(upper, Math.max(lower, value));
