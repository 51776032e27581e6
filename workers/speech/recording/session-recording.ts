import { isQuotaExceeded } from '../../../src/platform/quota.ts';
import type { RecordingEvent, RecordingPlace } from '../../../src/recognizer/protocol.ts';
import { memoryFiles, type MemoryFiles } from './memory.ts';
import { Recorder, type RecordingFiles } from './recorder.ts';

/** Opening takes milliseconds, or waits for the lock of a tab that has crashed; a browser that takes longer has no files for us. */
const OPENING_MS = 6_000;

interface RecordingListener {
  readonly emit: (event: RecordingEvent) => void;
  /** Recognition held back while the files were being opened may go on. */
  readonly opened: () => void;
}

type Act = (recorder: Recorder) => void;

/**
 * The recording of one session. What comes while its files are being opened waits; where there are none it goes into memory; when
 * they are full it ends, and the session does not.
 */
export class SessionRecording {
  readonly #epoch: number;
  readonly #place: RecordingPlace;
  readonly #listener: RecordingListener;
  #recorder: Recorder | null = null;
  /** Only where there are no files. */
  #memory: MemoryFiles | null = null;
  /** What waits for the files; `null` when nothing waits for them any more. */
  #waiting: Act[] | null = [];
  #samples = 0;

  /** @param open gets the files; rejects where the browser has none. */
  constructor(
    epoch: number,
    place: RecordingPlace,
    open: (id: string) => Promise<RecordingFiles>,
    listener: RecordingListener,
  ) {
    this.#epoch = epoch;
    this.#place = place;
    this.#listener = listener;
    const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), OPENING_MS));
    const files = open(place.id);
    void Promise.race([files, late]).then(
      (opened) => {
        if (opened === null) void files.then(closeUnused, () => undefined);
        this.#begin(opened);
      },
      () => this.#begin(null),
    );
  }

  /** Whether it is not known yet where the sound goes: until then none of it is recognised. */
  get opening(): boolean {
    return this.#waiting !== null;
  }

  append(samples: Float32Array): void {
    this.#do((recorder) => {
      if (recorder.append(samples)) this.#report(recorder);
    });
  }

  /** Before any of it is recognised: hands what has come so far to the system, which keeps it when this page dies. */
  write(): void {
    this.#do((recorder) => recorder.write());
  }

  /** All of it is to be on disk: capture has ended, or broke off. */
  flush(): void {
    this.#do((recorder) => {
      recorder.flush();
      this.#report(recorder);
    });
  }

  /** @param sample of the session. */
  mark(type: 'gap' | 'utterance', sample: number): void {
    this.#do((recorder) => recorder.mark(type, this.#place.startSample + sample));
  }

  /** Ends it; harmless when that was done. @param finished nothing of it waits for its text any more. */
  close(finished: boolean): void {
    this.#do((recorder) => {
      this.#recorder = null;
      recorder.close(finished);
      this.#samples = recorder.samples;
      this.#tellClosed();
    });
  }

  #begin(files: RecordingFiles | null): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = null;
    this.#recorder = this.#recorderOn(files ?? (this.#memory = memoryFiles()));
    for (const act of waiting) this.#do(act);
    this.#listener.opened();
  }

  #recorderOn(files: RecordingFiles): Recorder | null {
    try {
      return new Recorder(files, this.#place.startSample);
    } catch (error) {
      closeUnused(files);
      this.#tellStopped(error);
      return null;
    }
  }

  #do(act: Act): void {
    if (this.#waiting !== null) {
      this.#waiting.push(act);
      return;
    }
    const recorder = this.#recorder;
    if (recorder === null) return;
    try {
      act(recorder);
    } catch (error) {
      this.#recorder = null;
      this.#samples = recorder.samples;
      this.#tellStopped(error);
      this.#closeFull(recorder);
    }
  }

  #closeFull(recorder: Recorder): void {
    try {
      recorder.giveUp();
    } catch {
      // The journal has no room for a last word. The sound can be read without it.
    }
    this.#tellClosed();
  }

  #report(recorder: Recorder): void {
    const place = this.#memory === null ? 'disk' : 'memory';
    this.#listener.emit({ type: 'recorded', epoch: this.#epoch, sampleCount: recorder.samples, place });
  }

  #tellStopped(error: unknown): void {
    const reason = isQuotaExceeded(error) ? 'full' : 'failed';
    this.#listener.emit({ type: 'recording-stopped', epoch: this.#epoch, reason, sampleCount: this.#samples });
  }

  #tellClosed(): void {
    const { id } = this.#place;
    const memory = this.#memory?.blobs() ?? null;
    this.#listener.emit({ type: 'recording-closed', epoch: this.#epoch, id, sampleCount: this.#samples, memory });
  }
}

function closeUnused({ audio, journal }: RecordingFiles): void {
  audio.close();
  journal.close();
}
