import type { LibraryChange } from '../../library/library-channel.ts';
import type { NewSession, SessionRecord, VersionSummary } from '../../library/records.ts';
import { openRecording, removeRecording, type Recording } from '../../library/recordings.ts';
import type { SearchResults } from '../../library/search/search-index.ts';
import { SessionLibrary } from '../../library/session-library.ts';
import type { Scope } from '../../platform/scope.ts';
import type { Transcript } from '../../transcript/transcript.ts';
import type { LibraryObstacle, LibraryState, LibraryStorage, RemovedVersion } from '../library-state.ts';
import { measureStorage } from './storage.ts';

const LIST_ATTEMPTS = 5;

/** The sessions as they are on disk, in every tab the same. */
export class Library implements LibraryState {
  /** `null` where the browser keeps nothing. */
  readonly store: SessionLibrary | null;
  #sessions = $state.raw<readonly SessionRecord[] | null>(null);
  #obstacle = $state<LibraryObstacle | null>(null);
  #storage = $state.raw<LibraryStorage | null>(null);
  #removed = $state.raw<SessionRecord | null>(null);
  #removedVersion = $state.raw<RemovedVersion | null>(null);
  /** That were told so far. */
  #changes = 0;

  private constructor(store: SessionLibrary | null) {
    this.store = store;
    if (store === null) {
      this.#obstacle = 'unavailable';
      this.#sessions = [];
    } else store.onChange((change) => this.#follow(change));
  }

  static async open(scope: Scope): Promise<Library> {
    let report: () => void = () => undefined;
    const store = await SessionLibrary.open(scope, () => report()).catch(() => null);
    const library = new Library(store);
    report = () => (library.#obstacle = 'outdated');
    await library.#list();
    return library;
  }

  get sessions(): readonly SessionRecord[] | null {
    return this.#sessions;
  }
  get obstacle(): LibraryObstacle | null {
    return this.#obstacle;
  }
  get storage(): LibraryStorage | null {
    return this.#storage;
  }
  get removed(): SessionRecord | null {
    return this.#removed;
  }
  get removedVersion(): RemovedVersion | null {
    return this.#removedVersion;
  }

  async refresh(): Promise<void> {
    await this.#list();
    await this.#measure();
    await this.attempt((store) => store.prepareSearch(this.#sessions ?? []));
  }

  find(id: string): SessionRecord | null {
    return this.#sessions?.find((record) => record.id === id) ?? null;
  }

  async rename(id: string, title: string | null): Promise<void> {
    const trimmed = title?.trim() ?? '';
    const wanted = trimmed === '' ? null : trimmed;
    if (wanted !== this.find(id)?.title) await this.attempt((store) => store.save(id, { title: wanted }));
  }

  async remove(id: string): Promise<void> {
    await this.forgetRemoved();
    const record = this.find(id);
    if (record !== null && (await this.attempt((store) => store.remove(id))) === true) this.#removed = record;
  }

  async undoRemove(): Promise<void> {
    const removed = this.#removed;
    this.#removed = null;
    if (removed !== null) await this.attempt((store) => store.restore(removed.id));
  }

  async forgetRemoved(): Promise<void> {
    const removed = this.#removed;
    this.#removed = null;
    if (removed === null) return;
    await this.attempt((store) => store.purge(removed.id));
    await this.#measure();
  }

  async removeRecording(id: string): Promise<void> {
    await this.attempt(async (store) => {
      await removeRecording(id);
      await store.save(id, { recording: null });
    });
    await this.#measure();
  }

  openRecording(id: string): Promise<Recording | null> {
    return openRecording(id);
  }

  async readTranscript(id: string, version?: string): Promise<Transcript | null> {
    return this.attempt((store) => store.readTranscript(id, version));
  }

  async writeTranscript(
    id: string,
    version: string,
    transcript: Transcript,
    merge?: (theirs: Transcript) => Transcript,
  ): Promise<boolean> {
    return (await this.attempt((store) => store.writeTranscript(id, version, transcript, {}, merge))) !== null;
  }

  async showVersion(id: string, version: string): Promise<void> {
    await this.attempt((store) => store.save(id, { version }));
  }

  async addVersion(id: string, summary: VersionSummary, transcript: Transcript): Promise<boolean> {
    const record = await this.attempt((store) => store.addVersion(id, summary, transcript, { show: false }));
    return record !== null;
  }

  async removeVersion(id: string, version: string): Promise<void> {
    const record = this.find(id);
    const at = record?.versions.findIndex((summary) => summary.id === version) ?? -1;
    const summary = record?.versions[at];
    const text = await this.readTranscript(id, version);
    if (summary === undefined || text === null) return;
    const removed = await this.attempt((store) => store.removeVersion(id, version));
    if (removed !== null) this.#removedVersion = { session: id, summary, text, at, show: record?.version === version };
  }

  async undoRemoveVersion(): Promise<void> {
    const removed = this.#removedVersion;
    this.#removedVersion = null;
    if (removed === null) return;
    const { session, summary, text, at, show } = removed;
    await this.attempt((store) => store.addVersion(session, summary, text, { at, show }));
  }

  forgetRemovedVersion(): void {
    this.#removedVersion = null;
  }

  async search(query: string): Promise<SearchResults | null> {
    return this.attempt((store) => store.search(this.#sessions ?? [], query));
  }

  onChange(listener: (change: LibraryChange) => void): () => void {
    return this.store?.onChange(listener) ?? (() => undefined);
  }

  /** Takes in a session unless it is there already, or was removed and may come back. @returns whether it is kept. */
  async takeIn(record: NewSession, transcript: Transcript): Promise<boolean> {
    const kept = await this.attempt(async (store) => {
      if (!(await store.knows(record.id))) await store.create(record, transcript);
      return true;
    });
    return kept === true;
  }

  /** Asks the disk. @returns `null` where it does not answer, and says why from then on. */
  async attempt<Answer>(ask: (store: SessionLibrary) => Promise<Answer>): Promise<Answer | null> {
    if (this.store === null) return null;
    try {
      return await ask(this.store);
    } catch (error) {
      this.#obstacle ??= isFull(error) ? 'full' : 'unavailable';
      return null;
    }
  }

  /** Again where something changes meanwhile: what is told must not be overtaken by what was read before. */
  async #list(): Promise<void> {
    for (let attempt = 0, changes = -1; attempt < LIST_ATTEMPTS && changes !== this.#changes; attempt++) {
      changes = this.#changes;
      const sessions = await this.attempt((store) => store.list());
      this.#sessions = sessions ?? this.#sessions ?? [];
    }
  }

  async #measure(): Promise<void> {
    this.#storage = await measureStorage(this.#sessions ?? []);
  }

  #follow({ id, record }: LibraryChange): void {
    this.#changes++;
    const others = (this.#sessions ?? []).filter((other) => other.id !== id);
    if (record === null) this.#sessions = others;
    else {
      const at = others.findIndex(({ createdAt }) => createdAt < record.createdAt);
      this.#sessions = others.toSpliced(at < 0 ? others.length : at, 0, record);
    }
  }
}

/** A transaction that the disk had no room for is aborted; not every browser says why. */
const isFull = (error: unknown): boolean =>
  error instanceof DOMException && (error.name === 'QuotaExceededError' || error.name === 'AbortError');
