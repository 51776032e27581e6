/**
 * A backup is one zip, nothing in it compressed: sound does not become smaller, and what cannot be unpacked cannot explode (F47).
 * Every part opens without us: texts are transcripts as docs/transcript-json.md says, sound is WAV.
 *
 *     settings.json               what the person chose, as it is stored
 *     sessions/<id>/session.json  the row
 *     sessions/<id>/<n>.json      its version n, from 0
 *     recordings/<id>.wav         its sound
 *     recordings/<id>.journal     what is known of it
 *     manifest.json               what must be there: names, bytes, SHA-256
 *     manifest.sha256             the manifest's own, as `sha256sum -c` reads it
 */
export const BACKUP_FORMAT = 'sotto-backup';
/** Raised when a reader of the old layout would misread the new one; `readManifest` then takes the steps from one to the next. */
export const BACKUP_VERSION = 1;

export const MANIFEST = 'manifest.json';
export const MANIFEST_SUM = 'manifest.sha256';
export const SETTINGS = 'settings.json';
export const sessionEntry = (id: string): string => `sessions/${id}/session.json`;
export const textEntry = (id: string, version: number): string => `sessions/${id}/${version}.json`;
export const soundEntry = (id: string): string => `recordings/${id}.wav`;
export const journalEntry = (id: string): string => `recordings/${id}.journal`;

export interface ManifestEntry {
  readonly name: string;
  readonly bytes: number;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
}

export interface Manifest {
  readonly format: typeof BACKUP_FORMAT;
  readonly version: number;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly sessions: readonly string[];
  readonly entries: readonly ManifestEntry[];
}

/** Keys of `localStorage` that hold choices of the person. */
export const SETTING_KEYS = ['sotto-settings', 'sotto-export'] as const;

/** Told while bytes go by, and asked whether to go on. */
export interface Watch {
  readonly signal: AbortSignal;
  readonly progress: (doneBytes: number, totalBytes: number) => void;
}
