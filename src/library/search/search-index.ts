import type { Database } from '../database.ts';
import type { SessionRecord } from '../records.ts';
import type { Passage } from './passage.ts';
import { MOST_COUNTED, queryOf, search, searchText, within, type Found, type SearchText } from './search.ts';

export interface SearchResult {
  readonly record: SessionRecord;
  /** Where its title has the words, in UTF-16 units. */
  readonly title: readonly [start: number, end: number] | null;
  /** `null`: in the title alone. */
  readonly found: Found | null;
}

export interface SearchResults {
  /** As it was written. */
  readonly query: string;
  /** The first {@link MOST_RESULTS} sessions, in the order in which they were given. */
  readonly results: readonly SearchResult[];
  /** Of all there are. */
  readonly sessions: number;
  readonly hits: number;
  /** Some session has more hits than are counted. */
  readonly more: boolean;
}

const MOST_RESULTS = 60;
const HITS_SHOWN = 3;
/** Passages read at once: some hundred kilobytes. */
const BATCH = 256;

/** The words of all sessions in memory, read when they are first searched and again when they have changed. */
export class SearchIndex {
  readonly #texts = new Map<
    string,
    { readonly version: string; readonly revision: number; readonly text: SearchText }
  >();

  /**
   * @param records whom to search, in the order of the results.
   * @returns `null` for a query that has nothing in it.
   * @throws DOMException when the database is closed.
   */
  async search(database: Database, records: readonly SessionRecord[], written: string): Promise<SearchResults | null> {
    const query = queryOf(written);
    if (query === null) return null;
    await this.prepare(database, records);
    const results: SearchResult[] = [];
    const sum = { sessions: 0, hits: 0, more: false };
    for (const record of records) {
      const shown = results.length < MOST_RESULTS;
      const text = this.#texts.get(record.id)?.text;
      const found = text === undefined ? null : search(text, query, shown ? HITS_SHOWN : 0);
      const title = within(record.title ?? record.opening, query);
      if (found === null && title === null) continue;
      if (shown) results.push({ record, title, found });
      sum.sessions++;
      sum.hits += found?.count ?? 0;
      sum.more ||= found?.count === MOST_COUNTED;
    }
    return { query: written, results, ...sum };
  }

  /** Reads what is not in memory yet, or has changed since; forgets sessions that are gone. */
  async prepare(database: Database, records: readonly SessionRecord[]): Promise<void> {
    const wanted = new Map(records.map((record) => [record.id, record]));
    for (const id of this.#texts.keys()) if (!wanted.has(id)) this.#texts.delete(id);
    const outdated = records.filter(({ id, version, revision }) => {
      const known = this.#texts.get(id);
      return known?.version !== version || known.revision !== revision;
    });
    if (outdated.length > BATCH) return this.#readAll(database, wanted);
    for (const record of outdated) {
      const { id, version } = record;
      this.#keep(record, await database.getAll('passages', IDBKeyRange.bound([id, version], [id, version, []])));
    }
  }

  async #readAll(database: Database, wanted: ReadonlyMap<string, SessionRecord>): Promise<void> {
    const passages = new Map<string, Passage[]>();
    let range: IDBKeyRange | null = null;
    for (;;) {
      const batch: Passage[] = await database.getAll('passages', range, BATCH);
      for (const passage of batch) {
        if (wanted.get(passage.session)?.version !== passage.version) continue;
        const before = passages.get(passage.session);
        if (before === undefined) passages.set(passage.session, [passage]);
        else before.push(passage);
      }
      const last = batch.at(-1);
      if (last === undefined) break;
      range = IDBKeyRange.lowerBound([last.session, last.version, last.index], true);
    }
    for (const record of wanted.values()) this.#keep(record, passages.get(record.id) ?? []);
  }

  #keep({ id, version, revision }: SessionRecord, passages: readonly Passage[]): void {
    this.#texts.set(id, { version, revision, text: searchText(passages) });
  }
}
