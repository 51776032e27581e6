import type { Scope } from '../platform/scope.ts';
import type { Transcript } from '../transcript/transcript.ts';
import { openDatabase, type Database } from './database.ts';
import { LibraryChannel, type LibraryChange } from './library-channel.ts';
import type { NewSession, SessionRecord, VersionSummary } from './records.ts';
import { removeRecording } from './recordings.ts';
import { SearchIndex, type SearchResults } from './search/search-index.ts';
import { abandoned } from './session-lock.ts';
import { openingOf, wordCount } from './summary.ts';
import { TextStore } from './text-store.ts';

/** What of a session can be changed by itself; the rest follows from its text. */
export type RecordChange = Partial<
  Pick<SessionRecord, 'title' | 'state' | 'durationSamples' | 'recording' | 'version' | 'source'>
>;

/** A session with the text of each of its versions, as it comes into the library. */
export interface NewEntry {
  readonly record: NewSession;
  /** By the ids of the versions; one that is not here has no words yet. */
  readonly texts: Readonly<Record<string, Transcript>>;
}

/** Held shared by every tab that has the library open: who can have it alone may empty the trash. */
const LOCK = 'sotto-library';

/**
 * Everything that was ever said, on disk: one row a session, its texts in pieces. Every change is one transaction that reads the row
 * anew, so that two tabs never undo each other's changes, and is told to all tabs.
 *
 * @throws DOMException from every method when the database is closed or full (`QuotaExceededError`, `AbortError`).
 */
export class SessionLibrary {
  readonly #database: Database;
  readonly #channel: LibraryChannel;
  readonly #texts = new TextStore();
  readonly #index = new SearchIndex();

  private constructor(database: Database, scope: Scope) {
    this.#database = database;
    this.#channel = new LibraryChannel(scope, (change) => this.#texts.follow(change));
    scope.add(() => database.close());
  }

  /**
   * @param outdated a newer version of the app has taken the database over: nothing more is kept (F8).
   * @throws DOMException where the browser keeps nothing (F18).
   */
  static async open(scope: Scope, outdated: () => void): Promise<SessionLibrary> {
    const library = new SessionLibrary(await openDatabase(outdated), scope);
    await navigator.locks.request(LOCK, { ifAvailable: true }, async (lock) => {
      if (lock !== null) await library.#emptyTrash();
    });
    const held = new Promise<void>((release) => scope.add(release));
    void navigator.locks.request(LOCK, { mode: 'shared' }, () => held);
    return library;
  }

  /** Calls `listener` after every change, in this tab or another. @returns what ends it. */
  onChange(listener: (change: LibraryChange) => void): () => void {
    return this.#channel.listen(listener);
  }

  /** All sessions, the latest first. One whose tab has died while it recorded is `interrupted` from now on. */
  async list(): Promise<SessionRecord[]> {
    const records = await this.#database.getAll('sessions');
    const dead = await abandoned(records);
    const changed = await Promise.all(dead.map(({ id }) => this.save(id, { state: 'interrupted' })));
    const now = new Map(changed.flatMap((record) => (record === null ? [] : [[record.id, record] as const])));
    return records.map((record) => now.get(record.id) ?? record).sort((a, b) => b.createdAt - a.createdAt);
  }

  async get(id: string): Promise<SessionRecord | null> {
    return (await this.#database.get('sessions', id)) ?? null;
  }

  /** @param version the one that is shown, unless another is wanted. @returns `null` when there is no such session or version. */
  async readTranscript(id: string, version?: string): Promise<Transcript | null> {
    const transaction = this.#database.transaction(['sessions', 'texts']);
    const record = await transaction.objectStore('sessions').get(id);
    const wanted = version ?? record?.version;
    if (!record?.versions.some((summary) => summary.id === wanted) || wanted === undefined) return null;
    return this.#texts.read(transaction.objectStore('texts'), record, wanted);
  }

  create(record: NewSession, transcript?: Transcript): Promise<void> {
    return this.createAll([{ record, texts: transcript === undefined ? {} : { [record.version]: transcript } }]);
  }

  /**
   * Takes in sessions, all of them or none.
   * @throws DOMException `ConstraintError` when one is there already.
   */
  async createAll(entries: readonly NewEntry[]): Promise<void> {
    const transaction = this.#database.transaction(['sessions', 'texts', 'passages'], 'readwrite');
    const records = entries.map(({ record, texts }) => withTexts({ ...record, revision: 0 }, texts));
    const writes: Promise<unknown>[] = [];
    for (const [i, { texts }] of entries.entries()) {
      const record = records[i]!;
      writes.push(transaction.objectStore('sessions').add(record));
      for (const [version, text] of Object.entries(texts))
        writes.push(this.#texts.write(transaction, { record, version, text, before: null }));
    }
    await Promise.all([...writes, transaction.done]);
    for (const record of records) this.#tell({ id: record.id, record, text: record.version });
  }

  /** @returns the row as it is now; `null` when the session is not there (any more). */
  async save(id: string, change: RecordChange): Promise<SessionRecord | null> {
    const transaction = this.#database.transaction('sessions', 'readwrite');
    const before = await transaction.store.get(id);
    if (before === undefined) return null;
    const record = changed(before, change);
    await Promise.all([transaction.store.put(record), transaction.done]);
    this.#texts.carry(before, record);
    this.#tell({ id, record, text: null });
    return record;
  }

  /**
   * Keeps a version's text: the pieces that have changed since this tab last read or wrote it. If another tab has changed it since,
   * what `merge` makes of both; without it all of this one, so that what is kept is the text of one tab and never a mixture.
   * @param change of the row, in the same transaction.
   * @returns the row as it is now; `null` when the session or the version is not there (any more).
   */
  async writeTranscript(
    id: string,
    version: string,
    text: Transcript,
    change: RecordChange = {},
    merge?: (theirs: Transcript) => Transcript,
  ): Promise<SessionRecord | null> {
    const transaction = this.#database.transaction(['sessions', 'texts', 'passages'], 'readwrite');
    const before = await transaction.objectStore('sessions').get(id);
    if (!before?.versions.some((summary) => summary.id === version)) return null;
    const theirs = merge && (await this.#texts.writtenElsewhere(transaction, before, version));
    const kept = theirs ? merge(theirs) : text;
    const record = withTexts(changed(before, change), { [version]: kept });
    const settle = this.#texts.write(transaction, { record, version, text: kept, before });
    await Promise.all([transaction.objectStore('sessions').put(record), settle, transaction.done]);
    this.#tell({ id, record, text: version });
    return record;
  }

  /**
   * Adds a transcription beside those that are there.
   * @param at its place among them; the last unless told. @param show whether it is shown from now on.
   * @returns the row as it is now; `null` when the session is not there (any more).
   */
  async addVersion(
    id: string,
    summary: VersionSummary,
    text: Transcript,
    { at = Infinity, show = true } = {},
  ): Promise<SessionRecord | null> {
    const transaction = this.#database.transaction(['sessions', 'texts', 'passages'], 'readwrite');
    const before = await transaction.objectStore('sessions').get(id);
    if (before === undefined) return null;
    const versions = before.versions.filter((version) => version.id !== summary.id);
    const added = {
      ...changed(before, show ? { version: summary.id } : {}),
      versions: versions.toSpliced(at, 0, summary),
    };
    const record = withTexts(added, { [summary.id]: text });
    const settle = this.#texts.write(transaction, { record, version: summary.id, text, before: null });
    await Promise.all([transaction.objectStore('sessions').put(record), settle, transaction.done]);
    this.#tell({ id, record, text: summary.id });
    return record;
  }

  /**
   * Takes a transcription and its text away for good; the one before it is shown then. The last one stays.
   * @returns the row as it is now; `null` when nothing was taken away.
   */
  async removeVersion(id: string, version: string): Promise<SessionRecord | null> {
    const transaction = this.#database.transaction(['sessions', 'texts', 'passages'], 'readwrite');
    const before = await transaction.objectStore('sessions').get(id);
    const at = before?.versions.findIndex((summary) => summary.id === version) ?? -1;
    if (before === undefined || at < 0 || before.versions.length < 2) return null;
    const versions = before.versions.toSpliced(at, 1);
    const shown = before.version === version ? versions[Math.max(0, at - 1)]!.id : before.version;
    const record = { ...changed(before, { version: shown }), versions };
    const removal = this.#texts.remove(transaction, id, version);
    await Promise.all([transaction.objectStore('sessions').put(record), removal, transaction.done]);
    this.#texts.carry(before, record);
    this.#tell({ id, record, text: version });
    return record;
  }

  /** Takes a session out of the library, for now; one that is being recorded stays. @returns whether it is gone. */
  remove(id: string): Promise<boolean> {
    return this.#move(id, 'sessions', 'trash');
  }

  /** Takes a {@link remove} back. @returns whether it is there. */
  restore(id: string): Promise<boolean> {
    return this.#move(id, 'trash', 'sessions');
  }

  /** Makes a {@link remove} final: texts and sound are gone. Does nothing to a session that was not removed. */
  async purge(id: string): Promise<void> {
    const stores = ['trash', 'texts', 'passages', 'files', 'segments'] as const;
    const transaction = this.#database.transaction(stores, 'readwrite');
    if ((await transaction.objectStore('trash').getKey(id)) === undefined) return;
    const all = IDBKeyRange.bound([id], [id, []]);
    await Promise.all([
      transaction.objectStore('trash').delete(id),
      transaction.objectStore('texts').delete(all),
      transaction.objectStore('passages').delete(all),
      // A session made of a file has the file's id; its entry in the queue would bring it back.
      transaction.objectStore('files').delete(id),
      transaction.objectStore('segments').delete(all),
      transaction.done,
    ]);
    await removeRecording(id);
  }

  /** Whether a session is there, or was removed and may come back. */
  async knows(id: string): Promise<boolean> {
    const transaction = this.#database.transaction(['sessions', 'trash']);
    const keys = await Promise.all([
      transaction.objectStore('sessions').getKey(id),
      transaction.objectStore('trash').getKey(id),
    ]);
    return keys.some((key) => key !== undefined);
  }

  /** Looks through titles and texts of these sessions. @returns `null` for a query that has nothing in it. */
  search(records: readonly SessionRecord[], query: string): Promise<SearchResults | null> {
    return this.#index.search(this.#database, records, query);
  }

  /** Reads what {@link search} will look through, so that the first letter typed finds it in memory. */
  prepareSearch(records: readonly SessionRecord[]): Promise<void> {
    return this.#index.prepare(this.#database, records);
  }

  async #move(id: string, from: 'sessions' | 'trash', to: 'sessions' | 'trash'): Promise<boolean> {
    const transaction = this.#database.transaction(['sessions', 'trash'], 'readwrite');
    const record = await transaction.objectStore(from).get(id);
    if (record === undefined || record.state === 'recording') return false;
    await Promise.all([
      transaction.objectStore(from).delete(id),
      transaction.objectStore(to).put(record),
      transaction.done,
    ]);
    this.#tell({ id, record: to === 'sessions' ? record : null, text: record.version });
    return true;
  }

  async #emptyTrash(): Promise<void> {
    for (const id of await this.#database.getAllKeys('trash')) await this.purge(id);
  }

  #tell(change: Omit<LibraryChange, 'elsewhere'>): void {
    this.#channel.tell(change);
  }
}

const changed = (record: SessionRecord, change: RecordChange): SessionRecord => ({
  ...record,
  ...change,
  changedAt: Date.now(),
  revision: record.revision + 1,
});

/** The row with what follows from its texts. */
function withTexts(record: SessionRecord, texts: Readonly<Record<string, Transcript>>): SessionRecord {
  const shown = texts[record.version];
  return {
    ...record,
    opening: shown === undefined ? record.opening : openingOf(shown),
    versions: record.versions.map((summary) => {
      const text = texts[summary.id];
      return text === undefined ? summary : { ...summary, words: wordCount(text) };
    }),
  };
}
