import { SAMPLE_RATE } from '../../audio/units.ts';
import { FailureError } from '../../platform/failure.ts';
import { isLanguage } from '../../recognizer/languages.ts';
import type { Segment, Transcript } from '../transcript.ts';
import type { Word } from '../word.ts';
import { JSON_FORMAT, JSON_VERSION } from './json.ts';

/** What a file holds that `toJson` wrote. */
export interface ReadTranscript {
  readonly title: string | null;
  readonly transcript: Transcript;
}

/**
 * Reads a transcript back. Everything is checked; nothing of the text is changed.
 * @throws FailureError `transcript-unreadable`: it is none, it is damaged, or a newer version wrote it.
 */
export function fromJson(text: string): ReadTranscript {
  const file = object(parse(text), 'not-a-transcript');
  if (file['format'] !== JSON_FORMAT) throw refused('not-a-transcript');
  if (typeof file['version'] === 'number' && file['version'] > JSON_VERSION) throw refused('newer-version');
  if (file['version'] !== JSON_VERSION || file['sampleRate'] !== SAMPLE_RATE) throw refused('damaged');
  const { title } = file;
  const segments = list(file['segments']).map(segmentOf);
  const ids = new Set(segments.map(({ id }) => id));
  if (ids.size < segments.length) throw refused('damaged');
  return { title: typeof title === 'string' ? title : null, transcript: { segments } };
}

function segmentOf(value: unknown): Segment {
  const { id, language, translatedFrom, from, words, paragraph } = object(value);
  if (typeof id !== 'string' || (language !== null && (typeof language !== 'string' || !isLanguage(language))))
    throw refused('damaged');
  const chosen: Pick<Segment, 'paragraph'> = paragraph === 'begins' || paragraph === 'continues' ? { paragraph } : {};
  const translation = typeof translatedFrom === 'string' && isLanguage(translatedFrom) ? { translatedFrom } : {};
  const committed = list(words).map(wordOf);
  const own = { id, startSample: sample(from), language, committed, tentative: [], final: true } as const;
  return { ...own, ...translation, ...chosen };
}

function wordOf(value: unknown): Word {
  const { text, start, end, probability } = object(value);
  if (typeof text !== 'string' || typeof probability !== 'number') throw refused('damaged');
  return { text, startSample: sample(start), endSample: sample(end), probability };
}

function sample(seconds: unknown): number {
  if (typeof seconds !== 'number' || seconds < 0) throw refused('damaged');
  return Math.round(seconds * SAMPLE_RATE);
}

type Reason = 'not-a-transcript' | 'damaged' | 'newer-version';
const refused = (reason: Reason): FailureError => new FailureError({ name: 'transcript-unreadable', reason });

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refused('not-a-transcript');
  }
}

function object(value: unknown, reason: Reason = 'damaged'): Partial<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw refused(reason);
  return value;
}

function list(value: unknown): unknown[] {
  if (!Array.isArray(value)) throw refused('damaged');
  return value;
}
