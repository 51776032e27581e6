import type { Language } from '../recognizer/languages.ts';
import type { Word } from './word.ts';

/** What was said between two pauses: one paragraph line, one subtitle source. */
export interface Segment {
  /** Unique within the transcript, and stable: `epoch.utterance`. */
  readonly id: string;
  readonly startSample: number;
  readonly language: Language | null;
  /** The language that was spoken, where the text is a translation. */
  readonly translatedFrom?: Language;
  /** Never changes except by an edit. */
  readonly committed: readonly Word[];
  /** Replaced by every tentative pass; empty once `final`. */
  readonly tentative: readonly Word[];
  readonly final: boolean;
  /** Whether it begins a paragraph, as a person has it; absent: as its pauses say (`paragraphs.ts`). */
  readonly paragraph?: 'begins' | 'continues';
}

/** Immutable: every event makes a new one that shares what did not change. */
export interface Transcript {
  readonly segments: readonly Segment[];
}

export const EMPTY_TRANSCRIPT: Transcript = { segments: [] };

/** What changes a transcript. */
export type TranscriptEvent =
  | {
      readonly type: 'words';
      readonly segment: string;
      /** Where the words of a segment that is new begin. */
      readonly startSample: number;
      /** Committed words from here on are taken back: `committed` says them anew. */
      readonly restatedFrom: number | null;
      /** Behind those that are committed already. */
      readonly committed: readonly Word[];
      readonly tentative: readonly Word[];
      readonly language: Language;
      readonly translatedFrom?: Language;
      readonly final: boolean;
    }
  /** Nothing more will come for these (the session stopped or failed): tentative words are given up. */
  | { readonly type: 'settled' };

/** The transcript after an event. Pure; a segment that ends up without words is left out. */
export function apply(transcript: Transcript, event: TranscriptEvent): Transcript {
  switch (event.type) {
    case 'words': {
      const { segments } = transcript;
      const { restatedFrom } = event;
      const at = segments.findLastIndex((segment) => segment.id === event.segment);
      const before = segments[at];
      if (before?.final) return transcript;
      const known = before?.committed ?? [];
      const kept = restatedFrom === null ? known : known.filter(({ startSample }) => startSample < restatedFrom);
      const after: Segment = {
        id: event.segment,
        startSample: before?.startSample ?? event.startSample,
        language: event.language,
        ...(event.translatedFrom && { translatedFrom: event.translatedFrom }),
        committed: event.committed.length > 0 ? [...kept, ...event.committed] : kept,
        tentative: event.final ? [] : event.tentative,
        final: event.final,
      };
      if (after.committed.length === 0 && after.tentative.length === 0)
        return before === undefined ? transcript : { segments: segments.toSpliced(at, 1) };
      return { segments: at < 0 ? insert(segments, after) : segments.with(at, after) };
    }
    case 'settled': {
      if (transcript.segments.every((segment) => segment.final && segment.committed.length > 0)) return transcript;
      return {
        segments: transcript.segments
          .filter((segment) => segment.committed.length > 0)
          .map((segment) => (segment.final ? segment : { ...segment, tentative: [], final: true })),
      };
    }
  }
}

/** Segments stand in the order of their audio. */
function insert(segments: readonly Segment[], segment: Segment): Segment[] {
  const at = segments.findLastIndex((other) => other.startSample <= segment.startSample) + 1;
  return segments.toSpliced(at, 0, segment);
}

/**
 * Two parts of one record, the earlier one first. A segment in both (it was cut in two by a Clear that is taken back) is joined;
 * words that were tentative then have been written since, or given up.
 */
export function merge(earlier: Transcript, later: Transcript): Transcript {
  const rest = new Map(later.segments.map((segment) => [segment.id, segment]));
  const joined = earlier.segments.map((segment) => {
    const continued = rest.get(segment.id);
    if (continued === undefined) return segment.tentative.length === 0 ? segment : { ...segment, tentative: [] };
    rest.delete(segment.id);
    return {
      ...continued,
      startSample: segment.startSample,
      committed: [...segment.committed, ...continued.committed],
    };
  });
  return { segments: [...joined, ...rest.values()] };
}

const textOf = (words: readonly Word[]): string => words.map((word) => word.text).join('');

export const committedText = (segment: Segment): string => textOf(segment.committed).trim();
export const tentativeText = (segment: Segment): string => textOf(segment.tentative);

/** Whether there is anything to read, committed or not. */
export const isEmpty = (transcript: Transcript): boolean =>
  transcript.segments.every((segment) => segment.committed.length === 0 && segment.tentative.length === 0);
