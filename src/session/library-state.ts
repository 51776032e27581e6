/** What the view draws of the library and may call. Types only; `library/` owns the values. */
import type { LibraryChange } from '../library/library-channel.ts';
import type { SessionRecord, VersionSummary } from '../library/records.ts';
import type { Recording } from '../library/recordings.ts';
import type { SearchResults } from '../library/search/search-index.ts';
import type { Transcript } from '../transcript/transcript.ts';

export type { LibraryChange, Recording, SearchResults, SessionRecord, VersionSummary };
export type { SearchResult } from '../library/search/search-index.ts';

/** Why nothing more is kept: the disk is `full`, the browser keeps nothing (`unavailable`, F18), or a newer version of the app has taken over (`outdated`, F8). */
export type LibraryObstacle = 'full' | 'unavailable' | 'outdated';

export interface LibraryStorage {
  /** All that this site keeps: models, texts, recordings. */
  readonly usedBytes: number;
  /** What the browser would let it keep beside that. */
  readonly freeBytes: number;
  readonly recordingBytes: number;
}

/** A transcription that was removed, with what it takes to have it back. */
export interface RemovedVersion {
  readonly session: string;
  readonly summary: VersionSummary;
  readonly text: Transcript;
  /** Its place among the others. */
  readonly at: number;
  /** It was the one that is shown. */
  readonly show: boolean;
}

export interface LibraryState {
  /** The latest first; `null` until they are read. */
  readonly sessions: readonly SessionRecord[] | null;
  readonly obstacle: LibraryObstacle | null;
  readonly storage: LibraryStorage | null;
  /** Removed last, and still to be had back. */
  readonly removed: SessionRecord | null;
  /** Of the transcriptions, the one removed last: it can be had back while this page lasts. */
  readonly removedVersion: RemovedVersion | null;
  /** Looks at the disk anew: whose tab has died, how much space is left; readies the search. */
  refresh(): Promise<void>;
  /** The row of a session, as it is now. */
  find(id: string): SessionRecord | null;
  /** @param title `null` or empty: its first words stand for it. */
  rename(id: string, title: string | null): Promise<void>;
  remove(id: string): Promise<void>;
  /** Takes the last removal back. */
  undoRemove(): Promise<void>;
  /** Makes the last removal final: its space is free. */
  forgetRemoved(): Promise<void>;
  /** Takes the sound away and leaves the text. */
  removeRecording(id: string): Promise<void>;
  openRecording(id: string): Promise<Recording | null>;
  /** @param version the one that is shown, unless another is wanted. */
  readTranscript(id: string, version?: string): Promise<Transcript | null>;
  /**
   * Keeps an edited text; harmless when nothing has changed.
   * @param merge joins it with what another tab has written since this one last read or wrote it.
   * @returns whether it is kept.
   */
  writeTranscript(
    id: string,
    version: string,
    transcript: Transcript,
    merge?: (theirs: Transcript) => Transcript,
  ): Promise<boolean>;
  /** Adds a transcription beside those that are there; which one is shown stays as it is. @returns whether it is kept. */
  addVersion(id: string, summary: VersionSummary, transcript: Transcript): Promise<boolean>;
  showVersion(id: string, version: string): Promise<void>;
  /** Takes one of several transcriptions away, with its text. */
  removeVersion(id: string, version: string): Promise<void>;
  undoRemoveVersion(): Promise<void>;
  forgetRemovedVersion(): void;
  /** @returns `null` for a query that has nothing in it. */
  search(query: string): Promise<SearchResults | null>;
  /** Calls `listener` after every change, also of another tab. @returns what ends it. */
  onChange(listener: (change: LibraryChange) => void): () => void;
}

/** The library's part of the app is loaded when it is first needed. */
export interface LibraryEntrance {
  /** `null` until it was opened in this visit. */
  readonly current: LibraryState | null;
  /** The session whose text is on the live page, once it is kept. */
  readonly live: string | null;
  /** @throws when the library's code cannot be had (the network, a newer version on the server). */
  open(): Promise<LibraryState>;
}
