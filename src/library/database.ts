import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { Segment } from '../transcript/transcript.ts';
import type { StoredFile } from './file-library.ts';

export interface Schema extends DBSchema {
  files: { key: string; value: StoredFile };
  /** One for each finished piece, in the order of its file. */
  segments: { key: [file: string, index: number]; value: { file: string; index: number; segment: Segment } };
}

export type Database = IDBPDatabase<Schema>;

const NAME = 'sotto-files';

/** One step for each version, applied to a database of the version before. Never changed once published. */
const MIGRATIONS: readonly ((database: Database) => void)[] = [
  (database) => {
    database.createObjectStore('files', { keyPath: 'id' });
    database.createObjectStore('segments', { keyPath: ['file', 'index'] });
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
