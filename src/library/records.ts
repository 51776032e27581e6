import type { Language, Task } from '../recognizer/languages.ts';
import type { ModelId } from '../recognizer/models.ts';
import type { Segment } from '../transcript/transcript.ts';

/** Where a session's sound came from. `name`: the file's, as it was given; whatever it holds is text and nothing else (F45). */
export type SessionSource = { readonly type: 'microphone' } | { readonly type: 'file'; readonly name: string };

/** One transcription of a session. */
export interface VersionSummary {
  /** Unique within the session. */
  readonly id: string;
  readonly model: ModelId;
  /** The spoken language that was chosen; with `auto`, each segment knows its own. */
  readonly language: Language | 'auto';
  readonly task: Task;
  /** Milliseconds since the epoch; shown, never ordered or expired by (F9). */
  readonly createdAt: number;
  readonly words: number;
}

/** With what a version was made. */
export type VersionOrigin = Pick<VersionSummary, 'model' | 'language' | 'task'>;

/** `recording`: a tab is at it. `interrupted`: that tab died, its text and sound are kept. */
export type RecordState = 'recording' | 'interrupted' | 'complete';

/** What a session is on disk: one small row of the store `sessions`, so that a list of thousands is read at once. */
export interface SessionRecord {
  /** `crypto.randomUUID()`; names the recording's folder as well. */
  readonly id: string;
  /** Milliseconds since the epoch, as this device's clock says. */
  readonly createdAt: number;
  readonly changedAt: number;
  /** As a person named it; `null`: {@link SessionRecord.opening} stands for it. */
  readonly title: string | null;
  /** The first words, at most {@link OPENING_LENGTH} characters; empty while nothing was said. */
  readonly opening: string;
  readonly source: SessionSource;
  /** At 16 kHz. */
  readonly durationSamples: number;
  readonly state: RecordState;
  /** The sound in OPFS under `recordings/<id>`; `null`: it is not kept. */
  readonly recording: { readonly samples: number; readonly bytes: number } | null;
  /** The {@link VersionSummary} that is shown. */
  readonly version: string;
  /** In the order they were made; a transcription again with another model adds one. */
  readonly versions: readonly VersionSummary[];
  /** Counts the changes of the row and of its texts: what was read under another one is out of date. The library sees to it. */
  readonly revision: number;
}

/** A session as it comes into the library. */
export type NewSession = Omit<SessionRecord, 'revision'>;

/** The {@link VersionSummary} of a session that was transcribed once. */
export const FIRST_VERSION = '1';

/** A session as it begins: nobody has named it, and nothing of it is written. */
export function newSession({
  summary,
  durationSamples = 0,
  recording = null,
  ...known
}: Pick<SessionRecord, 'id' | 'createdAt' | 'source' | 'state'> &
  Partial<Pick<SessionRecord, 'durationSamples' | 'recording'>> & { readonly summary: VersionOrigin }): NewSession {
  const { createdAt } = known;
  return {
    ...known,
    changedAt: createdAt,
    title: null,
    opening: '',
    durationSamples,
    recording,
    version: FIRST_VERSION,
    versions: [{ ...summary, id: FIRST_VERSION, createdAt, words: 0 }],
  };
}

/**
 * A part of a version's text, in the store `texts` under `[session, version, index]`. Pieces are short, so that an autosave
 * writes one of them and not ten hours.
 */
export interface TextPiece {
  readonly session: string;
  readonly version: string;
  /** Orders the pieces of a version, and is no count: one that is cut in two leaves the others where they are. */
  readonly index: number;
  /** At most {@link PIECE_SEGMENTS}; nothing tentative. */
  readonly segments: readonly Segment[];
}

/** Characters (code points) of {@link SessionRecord.opening}. */
export const OPENING_LENGTH = 80;
export const PIECE_SEGMENTS = 64;
