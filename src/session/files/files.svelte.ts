import { samplesToMs } from '../../audio/units.ts';
import { FileLibrary, type LibraryObstacle } from '../../library/file-library.ts';
import { fingerprint } from '../../library/fingerprint.ts';
import { tellWhenHidden } from '../../platform/announce.ts';
import { mayRead, pickFiles, type OpenedFile } from '../../platform/opened-files.ts';
import { holdRecordingLock } from '../../platform/recording-lock.ts';
import { Scope } from '../../platform/scope.ts';
import { keepAwake } from '../../platform/wake-lock.ts';
import type { RecognizerClient } from '../../recognizer/client.ts';
import type { SpeechEvent, WhisperEvent } from '../../recognizer/protocol.ts';
import type { RunFlag } from '../../recognizer/run-flag.ts';
import { EMPTY_TRANSCRIPT, type Transcript } from '../../transcript/transcript.ts';
import type { FileItem, FilesState } from '../state.ts';
import { restoredJob, storedPhase } from './entries.ts';
import { Pace } from './pace.ts';
import { EMPTY_QUEUE, isOver, isRunning, nextJob, reduce, type Job, type Queue, type QueueEvent } from './queue.ts';
import { FileRun, type RunEvent } from './run.ts';

interface FilesOptions {
  readonly scope: Scope;
  readonly flag: RunFlag;
  readonly recognizer: RecognizerClient;
  readonly modelReady: () => boolean;
}

/** What a job has besides its place in the queue. */
interface Source {
  /** `null` after a reload, until the browser lets it be read. */
  file: File | null;
  handle: FileSystemFileHandle | null;
  fingerprint: string | null;
}

interface Running {
  readonly id: string;
  readonly run: FileRun;
  readonly scope: Scope;
  /** When the last piece came, or the run began with a model that was ready. */
  sinceMs: number | null;
}

/** The files and their transcripts: who is next, what is kept, what is shown. */
export class Files implements FilesState {
  readonly #options: FilesOptions;
  readonly #library: FileLibrary;
  readonly #sources = new Map<string, Source>();
  readonly #pace = new Pace();
  #queue = $state.raw<Queue>(EMPTY_QUEUE);
  #transcripts = $state.raw<ReadonlyMap<string, Transcript>>(new Map());
  #chosen = $state<string | null>(null);
  #obstacle = $state<LibraryObstacle | null>(null);
  /** Under way, or stopped last: a piece that Whisper had begun may still come. */
  #running: Running | null = null;
  #turns = 0;

  constructor(options: FilesOptions) {
    this.#options = options;
    this.#library = new FileLibrary((obstacle) => (this.#obstacle = obstacle));
  }

  get items(): readonly FileItem[] {
    return this.#queue.jobs.map((job) => this.#show(job));
  }
  get chosen(): string | null {
    return this.#chosen;
  }
  get obstacle(): LibraryObstacle | null {
    return this.#obstacle;
  }
  /** Whether a reload would interrupt something. */
  get working(): boolean {
    return this.#queue.jobs.some(isRunning);
  }

  transcriptOf(id: string): Transcript {
    return this.#transcripts.get(id) ?? EMPTY_TRANSCRIPT;
  }

  /** What was open when the page was left. */
  async restore(): Promise<void> {
    const jobs: Job[] = [];
    for (const { file, segments } of await this.#library.load()) {
      const readable = file.handle !== null && (await mayRead(file.handle, false).catch(() => false));
      this.#sources.set(file.id, { file: null, handle: file.handle, fingerprint: file.fingerprint });
      this.#transcripts = new Map(this.#transcripts).set(file.id, { segments });
      jobs.push(restoredJob(file, readable));
    }
    if (jobs.length === 0) return;
    this.#apply({ type: 'added', jobs, restored: true });
    // The places of those that were added meanwhile have changed.
    this.#saveAll();
  }

  /** Puts files into the queue; one that is waited for goes on where it was. Shows the first. */
  async open(opened: readonly OpenedFile[]): Promise<void> {
    let shown = false;
    for (const given of opened) {
      const waiting = await this.#awaited(given.file);
      const id = waiting ?? crypto.randomUUID();
      if (waiting === null) {
        this.#sources.set(id, { ...given, fingerprint: null });
        this.#apply({ type: 'added', jobs: [newJob(id, given.file)], restored: false });
        this.#save(id);
        void this.#identify(id, given.file);
      } else {
        this.#give(id, given);
        this.#change({ type: 'resumed', id });
      }
      if (!shown) this.choose(id);
      shown = true;
    }
  }

  choose(id: string | null): void {
    this.#chosen = id;
  }

  pause(id: string): void {
    this.#change({ type: 'paused', id });
  }

  cancel(id: string): void {
    this.#change({ type: 'cancelled', id });
  }

  async resume(id: string): Promise<void> {
    const source = this.#sources.get(id);
    if (source === undefined) return;
    if (source.file !== null || (source.handle !== null && (await mayRead(source.handle, true)))) {
      // A file that failed to be read is looked at afresh.
      if (source.handle !== null) source.file = null;
      return this.#change({ type: 'resumed', id });
    }
    const [given] = await pickFiles();
    if (given === undefined) return;
    if (source.fingerprint !== null && (await fingerprint(given.file).catch(() => null)) !== source.fingerprint)
      return this.#change({ type: 'failed', id, failure: { name: 'file-changed' } });
    this.#give(id, given);
    this.#change({ type: 'resumed', id });
  }

  remove(id: string): void {
    this.#apply({ type: 'removed', id });
    this.#library.remove(id);
    this.#sources.delete(id);
    const transcripts = new Map(this.#transcripts);
    transcripts.delete(id);
    this.#transcripts = transcripts;
    if (this.#chosen === id) this.#chosen = null;
  }

  move(id: string, by: number): void {
    this.#apply({ type: 'moved', id, by });
    this.#saveAll();
  }

  /** A recording has the recogniser, or has given it back. */
  recording(recording: boolean): void {
    if (recording === this.#queue.recording) return;
    if (recording) this.#chosen = null;
    this.#apply({ type: 'recording', recording });
  }

  onSpeech(event: SpeechEvent): void {
    this.#running?.run.onSpeech(event);
  }

  onWhisper(event: WhisperEvent): void {
    // Until a model is there nothing is worked on: the time counts from now.
    if (event.type === 'ready' && this.#running !== null) this.#running.sinceMs ??= performance.now();
    this.#running?.run.onWhisper(event);
  }

  /** A change of one job that is to be kept. */
  #change(event: Extract<QueueEvent, { readonly id: string }>): void {
    this.#apply(event);
    this.#save(event.id);
  }

  /** Every change of the queue goes through here, so that who should run does. */
  #apply(event: QueueEvent): void {
    this.#queue = reduce(this.#queue, event);
    const running = this.#queue.jobs.find(isRunning);
    if (this.#running !== null && this.#running.id !== running?.id) this.#stop(this.#running);
    const next = nextJob(this.#queue);
    if (next !== null && next.phase === 'queued') void this.#begin(next);
  }

  async #begin({ id }: Job): Promise<void> {
    const turn = ++this.#turns;
    this.#apply({ type: 'began', id });
    const file = await this.#fileOf(id);
    // Meanwhile it may have been paused, or a recording may have begun.
    const job = this.#queue.jobs.find((other) => other.id === id);
    if (file === null || job?.phase !== 'opening' || turn !== this.#turns) return;
    const { scope, flag, recognizer, modelReady } = this.#options;
    const own = scope.child();
    keepAwake(own);
    own.add(holdRecordingLock());
    const onEvent = (event: RunEvent) => this.#onRun(id, event);
    const run = new FileRun({ scope: own, flag, recognizer, file, fromSample: job.resumeSample, onEvent });
    this.#running = { id, run, scope: own, sinceMs: modelReady() ? performance.now() : null };
  }

  /** The file, if it may be read and is the one it was; otherwise the queue is told why not. */
  async #fileOf(id: string): Promise<File | null> {
    const source = this.#sources.get(id);
    if (source === undefined || source.file !== null) return source?.file ?? null;
    try {
      const file = await source.handle?.getFile();
      if (file === undefined) this.#change({ type: 'file-needed', id });
      else if (source.fingerprint !== null && (await fingerprint(file)) !== source.fingerprint)
        this.#change({ type: 'failed', id, failure: { name: 'file-changed' } });
      else return (source.file = file);
    } catch (error) {
      const gone = error instanceof DOMException && error.name === 'NotFoundError';
      if (gone) this.#change({ type: 'failed', id, failure: { name: 'file-missing' } });
      else this.#change({ type: 'file-needed', id });
    }
    return null;
  }

  #stop({ run, scope }: Running): void {
    run.stop();
    scope.dispose();
  }

  #onRun(id: string, event: RunEvent): void {
    switch (event.type) {
      case 'opened':
      case 'measured':
      case 'finished':
      case 'failed':
        this.#change({ ...event, id });
        if (event.type === 'finished') tellWhenHidden(this.#queue.jobs.find((job) => job.id === id)?.name ?? '');
        return;
      case 'progressed':
        return this.#progress(id, () => this.#apply({ ...event, id }));
      case 'written': {
        const { segment, resumeSample } = event;
        this.#progress(id, () => this.#apply({ type: 'written', id, resumeSample }));
        if (segment === null || !this.#sources.has(id)) return this.#save(id);
        const { segments } = this.transcriptOf(id);
        this.#transcripts = new Map(this.#transcripts).set(id, { segments: [...segments, segment] });
        const stored = this.#stored(id);
        if (stored !== null) this.#library.append(stored, segments.length, segment);
      }
    }
  }

  /** Measures how fast a change of the position came. */
  #progress(id: string, change: () => void): void {
    const position = () => this.#queue.jobs.find((job) => job.id === id)?.positionSample ?? 0;
    const before = position();
    change();
    const running = this.#running;
    if (running?.id !== id || running.sinceMs === null || position() <= before) return;
    const now = performance.now();
    this.#pace.observe(position() - before, now - running.sinceMs);
    running.sinceMs = now;
  }

  /** The job that waits for this very file, if there is one. */
  async #awaited(file: File): Promise<string | null> {
    const waiting = this.#queue.jobs.filter(
      (job) => job.bytes === file.size && !isOver(job) && this.#sources.get(job.id)?.file === null,
    );
    if (waiting.length === 0) return null;
    const print = await fingerprint(file).catch(() => null);
    return waiting.find(({ id }) => this.#sources.get(id)?.fingerprint === print)?.id ?? null;
  }

  #give(id: string, { file, handle }: OpenedFile): void {
    const source = this.#sources.get(id);
    if (source === undefined) return;
    source.file = file;
    source.handle = handle ?? source.handle;
    this.#save(id);
  }

  async #identify(id: string, file: File): Promise<void> {
    const print = await fingerprint(file).catch(() => null);
    const source = this.#sources.get(id);
    if (source === undefined) return;
    source.fingerprint = print;
    this.#save(id);
  }

  #save(id: string): void {
    const stored = this.#stored(id);
    if (stored !== null) this.#library.save(stored);
  }

  #saveAll(): void {
    for (const { id } of this.#queue.jobs) this.#save(id);
  }

  #stored(id: string) {
    const order = this.#queue.jobs.findIndex((job) => job.id === id);
    const job = this.#queue.jobs[order];
    const source = this.#sources.get(id);
    if (job === undefined || source === undefined) return null;
    const { name, bytes, resumeSample, durationSamples, damaged, failure } = job;
    const { handle, fingerprint: print } = source;
    const phase = storedPhase(job.phase);
    return {
      id,
      order,
      name,
      bytes,
      fingerprint: print,
      handle,
      phase,
      resumeSample,
      durationSamples,
      damaged,
      failure,
    };
  }

  #show(job: Job): FileItem {
    const { id, name, phase, positionSample, durationSamples, damaged, failure } = job;
    const left = durationSamples === null ? null : Math.max(0, durationSamples - positionSample);
    return {
      id,
      name,
      phase,
      positionMs: samplesToMs(positionSample),
      durationMs: durationSamples === null ? null : samplesToMs(durationSamples),
      secondsLeft: left === null || !isRunning(job) ? null : this.#pace.secondsFor(left),
      damaged,
      failure,
    };
  }
}

const newJob = (id: string, { name, size }: File): Job => ({
  id,
  name,
  bytes: size,
  phase: 'queued',
  resumeSample: 0,
  positionSample: 0,
  durationSamples: null,
  damaged: false,
  failure: null,
});
