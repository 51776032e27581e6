import type { IDBPObjectStore, IDBPTransaction } from 'idb';
import type { Transcript } from '../transcript/transcript.ts';
import type { Schema } from './database.ts';
import type { LibraryChange } from './library-channel.ts';
import { cut, keptSegments, type Piece } from './pieces.ts';
import type { SessionRecord } from './records.ts';
import { passageOf } from './search/passage.ts';

type Stores = ('sessions' | 'texts' | 'passages')[];
type Texts<
  Mode extends IDBTransactionMode,
  Names extends ArrayLike<'sessions' | 'texts' | 'passages'>,
> = IDBPObjectStore<Schema, Names, 'texts', Mode>;

interface Known {
  /** Of the row when the pieces were read or written: under another one they may be others. */
  readonly revision: number;
  readonly pieces: readonly Piece[];
}

interface Write {
  /** The row as it will be. */
  readonly record: SessionRecord;
  readonly version: string;
  readonly text: Transcript;
  /** The row as it was; `null`: nothing of the version is on disk. */
  readonly before: SessionRecord | null;
}

/** Texts whose pieces are remembered: those that are open in an editor, or being written. */
const REMEMBERED = 4;

/** The pieces of texts: what is on disk as far as this tab knows, so that only what has changed is written. */
export class TextStore {
  readonly #known = new Map<string, Known>();

  async read(
    texts: Texts<'readonly', ('sessions' | 'texts')[]>,
    { id, revision }: SessionRecord,
    version: string,
  ): Promise<Transcript> {
    const pieces = await texts.getAll(range(id, version));
    this.#remember(id, version, { revision, pieces });
    return { segments: pieces.flatMap(({ segments }) => segments) };
  }

  /** What another tab has made of a text since this one last read or wrote it; `null`: nothing. */
  async writtenElsewhere(
    transaction: IDBPTransaction<Schema, Stores, 'readwrite'>,
    { id, revision }: SessionRecord,
    version: string,
  ): Promise<Transcript | null> {
    if (this.#known.get(key(id, version))?.revision === revision) return null;
    const pieces = await transaction.objectStore('texts').getAll(range(id, version));
    this.#remember(id, version, { revision, pieces });
    return { segments: pieces.flatMap(({ segments }) => segments) };
  }

  /** @throws DOMException when the transaction is aborted. */
  async write(
    transaction: IDBPTransaction<Schema, Stores, 'readwrite'>,
    { record, version, text, before }: Write,
  ): Promise<void> {
    const { id } = record;
    const known = this.#known.get(key(id, version));
    const sure = before !== null && known?.revision === before.revision ? known.pieces : null;
    const pieces = cut(keptSegments(text, sure ?? []), sure ?? []);
    const texts = transaction.objectStore('texts');
    const passages = transaction.objectStore('passages');
    const writes: Promise<unknown>[] = [];
    if (sure === null && before !== null)
      writes.push(texts.delete(range(id, version)), passages.delete(range(id, version)));
    const kept = new Set(pieces.map(({ index }) => index));
    for (const { index } of sure ?? [])
      if (!kept.has(index)) writes.push(texts.delete([id, version, index]), passages.delete([id, version, index]));
    const unchanged = new Set(sure);
    for (const piece of pieces) {
      if (unchanged.has(piece)) continue;
      const place = { session: id, version, index: piece.index };
      writes.push(texts.put({ ...place, segments: piece.segments }));
      writes.push(passages.put({ ...place, ...passageOf(piece.segments) }));
    }
    await Promise.all([...writes, transaction.done]);
    this.#remember(id, version, { revision: record.revision, pieces });
  }

  /** @throws DOMException when the transaction is aborted. */
  async remove(transaction: IDBPTransaction<Schema, Stores, 'readwrite'>, id: string, version: string): Promise<void> {
    this.#known.delete(key(id, version));
    await Promise.all([
      transaction.objectStore('texts').delete(range(id, version)),
      transaction.objectStore('passages').delete(range(id, version)),
    ]);
  }

  /** The row has changed and the text has not. */
  carry(before: Pick<SessionRecord, 'id' | 'revision'>, { versions, revision }: SessionRecord): void {
    for (const version of versions) {
      const name = key(before.id, version.id);
      const known = this.#known.get(name);
      if (known?.revision === before.revision) this.#known.set(name, { ...known, revision });
    }
  }

  /** Another tab has changed something. */
  follow({ id, record, text, elsewhere }: LibraryChange): void {
    if (elsewhere && record !== null && text === null) this.carry({ id, revision: record.revision - 1 }, record);
  }

  #remember(id: string, version: string, known: Known): void {
    this.#known.delete(key(id, version));
    this.#known.set(key(id, version), known);
    const [oldest] = this.#known.keys();
    if (oldest !== undefined && this.#known.size > REMEMBERED) this.#known.delete(oldest);
  }
}

const key = (id: string, version: string): string => `${id} ${version}`;

const range = (id: string, version: string): IDBKeyRange => IDBKeyRange.bound([id, version], [id, version, []]);
