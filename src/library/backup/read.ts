import { unzipRaw, type ZipEntry } from 'unzipit';
import { fromJson } from '../../transcript/formats/json-reader.ts';
import type { Transcript } from '../../transcript/transcript.ts';
import type { NewSession } from '../records.ts';
import { sha256 } from './blob-stream.ts';
import { asRefusal, fieldsOf, isCount, isId, parse, refused, sessionOf } from './check.ts';
import {
  BACKUP_FORMAT,
  BACKUP_VERSION,
  journalEntry,
  MANIFEST,
  MANIFEST_SUM,
  sessionEntry,
  SETTING_KEYS,
  SETTINGS,
  soundEntry,
  textEntry,
  type Manifest,
  type ManifestEntry,
  type Watch,
} from './layout.ts';

/** A session of a backup. Its sound lies in the backup still. */
export interface BackedUp {
  readonly record: NewSession;
  readonly texts: Readonly<Record<string, Transcript>>;
  readonly sound: { readonly wav: Blob; readonly journal: Blob } | null;
}

/** A backup of which every byte was verified. */
export interface Backup {
  readonly bytes: number;
  /** By their keys in `localStorage`. */
  readonly settings: ReadonlyMap<string, string>;
  readonly sessions: readonly BackedUp[];
}

/** A text is taken into memory to be read; no manifest and no transcript of ours comes near it. */
const MAX_TEXT_BYTES = 2 ** 28;

/**
 * Opens a backup and verifies all of it: what the manifest names is there, nothing else is, every byte is what it was, and every
 * text can be read. Nothing is written.
 * @throws FailureError `backup-unreadable`; DOMException `AbortError`.
 */
export async function readBackup(file: Blob, { signal, progress }: Watch): Promise<Backup> {
  try {
    const contents = await contentsOf(file);
    const manifest = await readManifest(contents);
    verifyNames(manifest, contents, file.size);
    let done = 0;
    const total = manifest.entries.reduce((sum, { bytes }) => sum + bytes, 0);
    for (const { name, sha256: sum } of manifest.entries) {
      const passed = (bytes: number) => progress((done += bytes), total);
      if ((await sha256(contents.get(name)!, signal, passed)) !== sum) throw refused('damaged');
    }
    const sessions: BackedUp[] = [];
    for (const id of manifest.sessions) sessions.push(await readSession(id, contents));
    return { bytes: total, settings: settingsOf(parse(await textOf(contents, SETTINGS))), sessions };
  } catch (error) {
    throw asRefusal(error);
  }
}

/** What is in a zip, by name; each is a part of the file itself. */
async function contentsOf(file: Blob): Promise<ReadonlyMap<string, Blob>> {
  const contents = new Map<string, Blob>();
  for (const entry of await entriesOf(file)) {
    const plain = entry.compressionMethod === 0 && entry.size === entry.compressedSize && !entry.encrypted;
    if (!plain || contents.has(entry.name)) throw refused('not-a-backup');
    contents.set(entry.name, await entry.blob());
  }
  return contents;
}

async function entriesOf(file: Blob): Promise<readonly ZipEntry[]> {
  try {
    return (await unzipRaw(file)).entries;
  } catch {
    // A zip says what is in it at its end: one that begins as a zip and has no such end was cut off.
    const begins = new Uint8Array(await file.slice(0, 4).arrayBuffer());
    throw refused(String(begins) === '80,75,3,4' ? 'damaged' : 'not-a-backup');
  }
}

async function readManifest(contents: ReadonlyMap<string, Blob>): Promise<Manifest> {
  const file = contents.get(MANIFEST);
  if (file === undefined) throw refused('not-a-backup');
  const sum = await sha256(file, new AbortController().signal, () => undefined);
  if (!(await textOf(contents, MANIFEST_SUM)).startsWith(sum)) throw refused('damaged');
  const { format, version, createdAt, sessions, entries } = fieldsOf(parse(await textOf(contents, MANIFEST)));
  if (format !== BACKUP_FORMAT) throw refused('not-a-backup');
  if (typeof version === 'number' && version > BACKUP_VERSION) throw refused('newer-version');
  const listed = Array.isArray(sessions) && sessions.every(isId) && new Set(sessions).size === sessions.length;
  if (version !== BACKUP_VERSION || !isCount(createdAt) || !listed || !Array.isArray(entries)) throw refused('damaged');
  return { format, version, createdAt, sessions, entries: entries.map(entryOf) };
}

function entryOf(value: unknown): ManifestEntry {
  const { name, bytes, sha256 } = fieldsOf(value);
  if (typeof name !== 'string' || !isCount(bytes) || typeof sha256 !== 'string') throw refused('damaged');
  return { name, bytes, sha256 };
}

/** Everything that was written is there, as long as it was, and nothing else: entries cannot share bytes, either (F47). */
function verifyNames({ entries }: Manifest, contents: ReadonlyMap<string, Blob>, fileBytes: number): void {
  const total = entries.reduce((sum, { bytes }) => sum + bytes, 0);
  const whole = entries.every(({ name, bytes }) => contents.get(name)?.size === bytes);
  if (!whole || contents.size !== entries.length + 2 || total > fileBytes) throw refused('damaged');
}

async function readSession(id: string, contents: ReadonlyMap<string, Blob>): Promise<BackedUp> {
  const record = sessionOf(parse(await textOf(contents, sessionEntry(id))));
  if (record.id !== id) throw refused('damaged');
  const texts: Record<string, Transcript> = {};
  for (const [index, version] of record.versions.entries())
    texts[version.id] = fromJson(await textOf(contents, textEntry(id, index))).transcript;
  if (record.recording === null) return { record, texts, sound: null };
  const [wav, journal] = [contents.get(soundEntry(id)), contents.get(journalEntry(id))];
  if (wav === undefined || journal === undefined || wav.size < record.recording.samples * 2) throw refused('damaged');
  return { record, texts, sound: { wav, journal } };
}

async function textOf(contents: ReadonlyMap<string, Blob>, name: string): Promise<string> {
  const content = contents.get(name);
  if (content === undefined || content.size > MAX_TEXT_BYTES) throw refused('damaged');
  return content.text();
}

function settingsOf(value: unknown): ReadonlyMap<string, string> {
  const stored = fieldsOf(value);
  const found = SETTING_KEYS.map((key) => [key, stored[key]] as const);
  return new Map(found.filter((entry): entry is readonly [(typeof entry)[0], string] => typeof entry[1] === 'string'));
}
