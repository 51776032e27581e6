import type { Scope } from '../platform/scope.ts';
import type { SessionRecord } from './records.ts';

/** Something in the library has changed. */
export interface LibraryChange {
  readonly id: string;
  /** The row as it is now; `null`: the session was removed. */
  readonly record: SessionRecord | null;
  /** The version whose text is another one now; `null`: nothing but the row has changed. */
  readonly text: string | null;
  /** By another tab. */
  readonly elsewhere: boolean;
}

const NAME = 'sotto-library';

/** Tells all tabs, this one included, what has changed in the library. */
export class LibraryChannel {
  readonly #channel = new BroadcastChannel(NAME);
  readonly #listeners = new Set<(change: LibraryChange) => void>();

  constructor(scope: Scope, first: (change: LibraryChange) => void) {
    this.#listeners.add(first);
    this.#channel.onmessage = ({ data }: MessageEvent<Omit<LibraryChange, 'elsewhere'>>) =>
      this.#hear({ ...data, elsewhere: true });
    scope.add(() => this.#channel.close());
  }

  listen(listener: (change: LibraryChange) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  tell(change: Omit<LibraryChange, 'elsewhere'>): void {
    this.#channel.postMessage(change);
    this.#hear({ ...change, elsewhere: false });
  }

  #hear(change: LibraryChange): void {
    for (const listener of this.#listeners) listener(change);
  }
}
