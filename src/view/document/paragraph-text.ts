import type { Language } from '../../recognizer/languages.ts';
import { flowOf, type Flow, type Place } from '../../transcript/editing/flow.ts';
import { paragraphsOf } from '../../transcript/paragraphs.ts';
import type { Segment, Transcript } from '../../transcript/transcript.ts';

/** A paragraph as it is shown and written in. Made anew whenever it is another one: what is the same object has not changed. */
export class ParagraphText {
  readonly id: string;
  readonly segments: readonly Segment[];
  #flow: Flow | null = null;

  constructor(id: string, segments: readonly Segment[]) {
    this.id = id;
    this.segments = segments;
  }

  get flow(): Flow {
    this.#flow ??= flowOf(this.segments);
    return this.#flow;
  }

  get text(): string {
    return this.flow.text;
  }

  get language(): Language | null {
    return this.segments.find(({ language }) => language !== null)?.language ?? null;
  }

  get startSample(): number {
    return this.segments[0]!.committed[0]?.startSample ?? this.segments[0]!.startSample;
  }
}

/** The paragraphs of a transcript. Those that are as before are the same objects. */
export function renewParagraphs(transcript: Transcript, before: readonly ParagraphText[]): readonly ParagraphText[] {
  const known = new Map(before.map((paragraph) => [paragraph.id, paragraph]));
  return paragraphsOf(transcript).map(({ id, segments }) => {
    const old = known.get(id);
    const same =
      old?.segments.length === segments.length && segments.every((segment, i) => segment === old.segments[i]);
    return same ? old : new ParagraphText(id, segments);
  });
}

/** A word in its paragraph. */
export interface SpokenWord {
  readonly paragraph: ParagraphText;
  readonly place: Place;
}

/** In a gap longer than this nothing is being spoken. */
const GAP_SAMPLES = 8_000;

/** The word that is being spoken at a moment: the last one that has begun, unless silence has followed it. */
export function wordAt(paragraphs: readonly ParagraphText[], sample: number): SpokenWord | null {
  const paragraph = paragraphs[lastBegun(paragraphs, ({ startSample }) => startSample, sample)];
  const places = paragraph?.flow.places ?? [];
  const place = places[lastBegun(places, ({ word }) => word.startSample, sample)];
  if (paragraph === undefined || place === undefined || sample > place.word.endSample + GAP_SAMPLES) return null;
  return { paragraph, place };
}

/** Index of the last item that begins at `sample` or before; -1 when none does. They stand in order. */
function lastBegun<Item>(items: readonly Item[], startOf: (item: Item) => number, sample: number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (startOf(items[middle]!) <= sample) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
