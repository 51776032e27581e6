import { toJson } from '../../transcript/formats/json.ts';
import { journalFile, openRecording } from '../recordings.ts';
import type { SessionRecord } from '../records.ts';
import type { SessionLibrary } from '../session-library.ts';
import { archive, type Part } from './archive.ts';
import { sha256 } from './blob-stream.ts';
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

/** Of a word in a version's text, about: the total is a guess until everything was read. */
const WORD_BYTES = 170;

/**
 * Everything in one file; what is being recorded now is left out. Reads all of it once and copies no sound.
 * @param now goes into the file.
 * @throws DOMException `AbortError`, or `NotReadableError` when a recording was removed or went on meanwhile.
 */
export async function makeBackup(library: SessionLibrary, now: number, { signal, progress }: Watch): Promise<Blob> {
  const records = (await library.list()).filter(({ state }) => state !== 'recording');
  let done = 0;
  const total = records.reduce((sum, record) => sum + bytesOf(record), 0);
  const passed = (bytes: number) => {
    done += bytes;
    progress(done, Math.max(done, total));
  };

  async function* parts(): AsyncGenerator<Part> {
    yield { name: SETTINGS, content: new Blob([JSON.stringify(storedSettings())]) };
    for (const record of records) yield* sessionParts(library, record);
  }
  const manifest = async (entries: readonly ManifestEntry[]): Promise<Part[]> => {
    const sessions = records.map(({ id }) => id);
    const head = { format: BACKUP_FORMAT, version: BACKUP_VERSION, createdAt: now, sessions, entries } as const;
    const content = new Blob([JSON.stringify(head satisfies Manifest, null, 1)]);
    const sum = await sha256(content, signal, () => undefined);
    return [
      { name: MANIFEST, content },
      { name: MANIFEST_SUM, content: new Blob([`${sum}  ${MANIFEST}\n`]) },
    ];
  };
  return archive(parts(), manifest, signal, passed);
}

async function* sessionParts(library: SessionLibrary, record: SessionRecord): AsyncGenerator<Part> {
  const { id } = record;
  const recording = record.recording === null ? null : await openRecording(id);
  const kept = recording === null ? null : { samples: recording.samples, bytes: recording.bytes() };
  yield { name: sessionEntry(id), content: new Blob([JSON.stringify({ ...record, recording: kept })]) };
  for (const [index, version] of record.versions.entries()) {
    const transcript = (await library.readTranscript(id, version.id)) ?? { segments: [] };
    yield { name: textEntry(id, index), content: new Blob([toJson(transcript, record.title)]) };
  }
  if (recording === null) return;
  yield { name: soundEntry(id), content: recording.toWav() };
  yield { name: journalEntry(id), content: await journalFile(id) };
}

const bytesOf = ({ recording, versions }: SessionRecord): number =>
  (recording?.bytes ?? 0) + versions.reduce((sum, { words }) => sum + words * WORD_BYTES, 0);

function storedSettings(): Partial<Record<string, string>> {
  const found = SETTING_KEYS.map((key) => [key, localStorage.getItem(key) ?? undefined] as const);
  return Object.fromEntries(found.filter(([, value]) => value !== undefined));
}
