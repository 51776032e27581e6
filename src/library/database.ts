import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { Segment } from '../transcript/transcript.ts';
import type { StoredFile } from './file-library.ts';
import type { SessionRecord, TextPiece } from './records.ts';
import type { Passage } from './search/passage.ts';

/** Of a session, of one of its versions, and the place in it. */
type PieceKey = [session: string, version: string, index: number];

export interface Schema extends DBSchema {
  /** The queue. */
  files: { key: string; value: StoredFile };
  /** One for each finished piece of a file in the queue, in the order of the file. */
  segments: { key: [file: string, index: number]; value: { file: string; index: number; segment: Segment } };
  sessions: { key: string; value: SessionRecord };
  texts: { key: PieceKey; value: TextPiece };
  /** What is searched: the same pieces, as plain text. */
  passages: { key: PieceKey; value: Passage };
  /** Sessions that were removed; until the removal is final, everything else of them is where it was. */
  trash: { key: string; value: SessionRecord };
}

export type Database = IDBPDatabase<Schema>;

/** Named when it held the queue alone. */
const NAME = 'sotto-files';

/** One step for each version, applied to a database of the version before. Never changed once published. */
const MIGRATIONS: readonly ((database: Database) => void)[] = [
  (database) => {
    database.createObjectStore('files', { keyPath: 'id' });
    database.createObjectStore('segments', { keyPath: ['file', 'index'] });
  },
  (database) => {
    database.createObjectStore('sessions', { keyPath: 'id' });
    database.createObjectStore('texts', { keyPath: ['session', 'version', 'index'] });
    database.createObjectStore('passages', { keyPath: ['session', 'version', 'index'] });
    database.createObjectStore('trash', { keyPath: 'id' });
  },
];

/**
 * @param outdated a newer version of the app wants to change the database: it has been closed for it (F8).
 * @throws DOMException where the browser keeps nothing (F18), or a newer version has been here.
 */
export async function openDatabase(outdated: () => void): Promise<Database> {
  const database = await openDB<Schema>(NAME, MIGRATIONS.length, {
    upgrade(upgraded, oldVersion) {
      for (const migrate of MIGRATIONS.slice(oldVersion)) migrate(upgraded);
    },
    blocking() {
      database.close();
      outdated();
    },
  });
  return database;
}
