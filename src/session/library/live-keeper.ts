import { openRecording, removeRecording } from '../../library/recordings.ts';
import { holdSession } from '../../library/session-lock.ts';
import { FIRST_VERSION, newSession, type VersionOrigin } from '../../library/records.ts';
import type { RecordingPlace } from '../../recognizer/protocol.ts';
import type { Scope } from '../../platform/scope.ts';
import { apply, EMPTY_TRANSCRIPT, type Transcript } from '../../transcript/transcript.ts';
import { transcriptEvent, type Ending, type Written } from '../keeper.ts';
import type { Library } from './library.svelte.ts';

/** What is committed is on disk so much later at most. */
const SAVE_EVERY_MS = 500;

/** What is known of a recording when it begins. */
export interface Beginning {
  /** A session that was recorded before goes on behind its start. */
  readonly place: RecordingPlace;
  readonly createdAt: number;
  readonly summary: VersionOrigin;
}

/**
 * Keeps a recording's text while it is made: a row at Start, the words as they are committed, the end. It has a transcript of its own:
 * what is cleared from the page has been said all the same.
 */
export class LiveKeeper {
  readonly #library: Library;
  readonly #scope: Scope;
  readonly #keepAudio: () => boolean;
  #id = '';
  #transcript: Transcript = EMPTY_TRANSCRIPT;
  /** Where this recording's samples lie in the session. */
  #offsetSamples = 0;
  #sampleCount = 0;
  #saving: (() => void) | null = null;
  #release: () => void = () => undefined;
  /** Everything happens in the order in which it was told. */
  #work: Promise<void> = Promise.resolve();

  /** @param keepAudio whether sound stays when its text is final. */
  constructor(library: Library, scope: Scope, keepAudio: () => boolean) {
    this.#library = library;
    this.#scope = scope;
    this.#keepAudio = keepAudio;
    const saveWhenHidden = () => {
      if (document.visibilityState === 'hidden') this.#saveNow();
    };
    scope.listen(document, 'visibilitychange', saveWhenHidden);
    scope.listen(globalThis, 'pagehide', () => this.#saveNow());
    scope.add(() => this.#release());
  }

  begin(beginning: Beginning): void {
    this.#release();
    this.#release = holdSession(beginning.place.id);
    this.#then(() => this.#begin(beginning));
  }

  write(event: Written, sampleCount: number): void {
    this.#then(() => {
      this.#sampleCount = sampleCount;
      // Only what is committed is kept.
      this.#transcript = apply(this.#transcript, { ...transcriptEvent(event, this.#offsetSamples), tentative: [] });
      if (event.committed.length > 0 || event.final)
        this.#saving ??= this.#scope.after(SAVE_EVERY_MS, () => this.#saveNow());
    });
  }

  end(ending: Ending): void {
    this.#then(() => this.#end(ending));
  }

  async #begin({ place: { id, startSample }, createdAt, summary }: Beginning): Promise<void> {
    this.#offsetSamples = startSample;
    this.#sampleCount = 0;
    if (id === this.#id && (await this.#library.attempt((store) => store.save(id, { state: 'recording' }))) !== null) {
      // It may have been corrected since: what is said now goes behind the corrected text.
      this.#transcript = (await this.#library.readTranscript(id, FIRST_VERSION)) ?? this.#transcript;
      return;
    }
    this.#id = id;
    this.#transcript = EMPTY_TRANSCRIPT;
    const record = newSession({ id, createdAt, summary, source: { type: 'microphone' }, state: 'recording' });
    await this.#library.attempt((store) => store.create(record));
  }

  async #end({ sampleCount, complete, failed }: Ending): Promise<void> {
    this.#saving?.();
    this.#saving = null;
    this.#transcript = apply(this.#transcript, { type: 'settled' });
    const unwanted = !failed && !this.#keepAudio();
    const sound = unwanted ? null : await openRecording(this.#id);
    const samples = this.#offsetSamples + sampleCount;
    const silent = this.#transcript.segments.length === 0 && (complete || samples === 0);
    const id = this.#id;
    await this.#library.attempt(async (store) => {
      await store.writeTranscript(id, FIRST_VERSION, this.#transcript, {
        state: failed ? 'interrupted' : 'complete',
        durationSamples: samples,
        recording: sound === null ? null : { samples: sound.samples, bytes: sound.bytes() },
      });
      // Nothing was said: there is nothing to come back to.
      if (silent && (await store.remove(id))) await store.purge(id);
    });
    // One that is still being closed goes at the next start.
    if (unwanted) await removeRecording(id).catch(() => undefined);
    this.#release();
  }

  #saveNow(): void {
    if (this.#saving === null) return;
    this.#saving();
    this.#saving = null;
    const id = this.#id;
    const durationSamples = this.#offsetSamples + this.#sampleCount;
    const transcript = this.#transcript;
    this.#then(async () => {
      await this.#library.attempt((store) => store.writeTranscript(id, FIRST_VERSION, transcript, { durationSamples }));
    });
  }

  #then(step: () => void | Promise<void>): void {
    this.#work = this.#work.catch(() => undefined).then(step);
  }
}
