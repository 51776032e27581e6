import type { AppState, FileItem } from '../session/state.ts';
import type { Transcript } from '../transcript/transcript.ts';

/** Whose text is on the page: the recording's, or that of one of the files. */
export class Shown {
  readonly #app: AppState;

  constructor(app: AppState) {
    this.#app = app;
  }

  /** `null` while the recording's text is shown. */
  get file(): FileItem | null {
    const files = this.#app.files.current;
    return files?.items.find(({ id }) => id === files.chosen) ?? null;
  }

  get transcript(): Transcript {
    const { file } = this;
    return (file && this.#app.files.current?.transcriptOf(file.id)) ?? this.#app.session.transcript;
  }
}
