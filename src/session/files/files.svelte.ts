import { SvelteMap } from 'svelte/reactivity';
import { FileLibrary, type LibraryObstacle } from '../../library/file-library.ts';
import { askToTell, mayAskToTell, tellWhenHidden } from '../../platform/announce.ts';
import { mayRead, type OpenedFile } from '../../platform/opened-files.ts';
import { holdRecordingLock } from '../../platform/recording-lock.ts';
import type { Scope } from '../../platform/scope.ts';
import { keepAwake } from '../../platform/wake-lock.ts';
import type { LanguageChoice } from '../../recognizer/languages.ts';
import type { ModelId } from '../../recognizer/models.ts';
import type { SpeechEvent, WhisperEvent } from '../../recognizer/protocol.ts';
import { EMPTY_TRANSCRIPT, type Transcript } from '../../transcript/transcript.ts';
import type { AgainRequest, FileItem, FilesState } from '../state.ts';
import { fileItem, jobAgain, newJob, restoredJob, storedFile } from './entries.ts';
import { keepText } from './keep.ts';
import type { FilesOptions } from './options.ts';
import { Paces } from './paces.ts';
import { EMPTY_QUEUE, isOver, isRunning, nextJob, reduce, type Job, type Queue, type QueueEvent } from './queue.ts';
import { FileRun, type RunEvent } from './run.ts';
import { Sources } from './sources.ts';

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
  readonly #sources = new Sources();
  readonly #paces = new Paces();
  readonly #transcripts = new SvelteMap<string, Transcript>();
  #queue = $state.raw<Queue>(EMPTY_QUEUE);
  #chosen = $state<string | null>(null);
  #obstacle = $state<LibraryObstacle | null>(null);
  #mayAskToTell = $state(mayAskToTell());
  /** Under way, or stopped last: a piece that Whisper had begun may still come. */
  #running: Running | null = null;
  #turns = 0;

  constructor(options: FilesOptions) {
    this.#options = options;
    this.#library = new FileLibrary((obstacle) => (this.#obstacle = obstacle));
  }

  get items(): readonly FileItem[] {
    return this.#queue.jobs.map((job) => fileItem(job, this.#paces.of(this.#modelOf(job))));
  }
  get chosen(): string | null {
    return this.#chosen;
  }
  get obstacle(): LibraryObstacle | null {
    return this.#obstacle;
  }
  get mayAskToTell(): boolean {
    return this.#mayAskToTell;
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
      const { id, handle, fingerprint } = file;
      const recording = file.again?.session ?? null;
      const readable = recording !== null || (handle !== null && (await mayRead(handle, false).catch(() => false)));
      this.#sources.set(id, { file: null, handle, fingerprint, recording });
      this.#transcripts.set(id, { segments });
      jobs.push(restoredJob(file, readable));
    }
    if (jobs.length > 0) this.#apply({ type: 'added', jobs, restored: true });
    for (const { id, phase } of jobs) if (phase === 'done') void this.#keep(id).catch(() => undefined);
  }

  /** Puts files into the queue; one that is waited for goes on where it was. Shows the first. */
  async open(opened: readonly OpenedFile[]): Promise<void> {
    for (const [place, given] of opened.entries()) {
      const candidates = this.#queue.jobs.filter((job) => job.bytes === given.file.size && !isOver(job));
      const awaiting = await this.#sources.awaiting(
        given.file,
        candidates.map(({ id }) => id),
      );
      const id = awaiting ?? crypto.randomUUID();
      if (awaiting === null) {
        this.#sources.set(id, { ...given, fingerprint: null, recording: null });
        this.#change({ type: 'added', jobs: [newJob(id, given.file)], restored: false }, id);
        void this.#sources.identify(id).then(() => this.#save(id));
      } else {
        this.#sources.give(id, given);
        this.#change({ type: 'resumed', id });
      }
      if (place === 0) this.choose(id);
    }
  }

  /** Puts a kept recording into the queue, behind what is there. */
  transcribeAgain(request: AgainRequest): void {
    const id = crypto.randomUUID();
    this.#sources.set(id, { file: null, handle: null, fingerprint: null, recording: request.session });
    this.#change({ type: 'added', jobs: [jobAgain(id, request)], restored: false }, id);
  }

  choose(id: string | null): void {
    this.#chosen = id;
  }

  setLanguage(id: string, language: LanguageChoice | null): void {
    this.#change({ type: 'language', id, language });
  }

  async askToTell(): Promise<void> {
    await askToTell();
    this.#mayAskToTell = mayAskToTell();
  }

  pause(id: string): void {
    this.#change({ type: 'paused', id });
  }

  cancel(id: string): void {
    this.#change({ type: 'cancelled', id });
  }

  async resume(id: string): Promise<void> {
    const failure = this.#job(id)?.failure?.name;
    if (failure === 'file-changed' || failure === 'file-missing') this.#sources.forget(id);
    const answer = await this.#sources.ask(id);
    if (answer === 'given') this.#change({ type: 'resumed', id });
    if (answer === 'another') this.#change({ type: 'failed', id, failure: { name: 'file-changed' } });
  }

  remove(id: string): void {
    this.#apply({ type: 'removed', id });
    this.#library.remove(id);
    this.#sources.remove(id);
    this.#transcripts.delete(id);
    if (this.#chosen === id) this.#chosen = null;
  }

  move(id: string, by: number): void {
    this.#apply({ type: 'moved', id, by });
    for (const job of this.#queue.jobs) this.#save(job.id);
  }

  /** The settings have changed: they count for what this file does not say itself. */
  configure(): void {
    const { recognizer, recognition } = this.#options;
    const running = this.#running;
    const own = running === null || running.scope.disposed ? null : this.#job(running.id)?.language;
    recognizer.configure(own ? { ...recognition(), language: own } : recognition());
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

  #job(id: string): Job | undefined {
    return this.#queue.jobs.find((job) => job.id === id);
  }

  /** A change of one job that is to be kept. */
  #change(event: QueueEvent, id = 'id' in event ? event.id : ''): void {
    this.#apply(event);
    this.#save(id);
  }

  /** Every change of the queue goes through here, so that who should run does. */
  #apply(event: QueueEvent): void {
    this.#queue = reduce(this.#queue, event);
    const running = this.#queue.jobs.find(isRunning);
    const last = this.#running;
    if (last !== null && last.id !== running?.id && !last.scope.disposed) {
      last.run.stop();
      last.scope.dispose();
      this.configure();
    }
    const next = nextJob(this.#queue);
    this.#options.lend(next?.again?.model ?? null);
    if (next !== null && next.phase === 'queued') void this.#begin(next);
  }

  async #begin({ id }: Job): Promise<void> {
    const turn = ++this.#turns;
    this.#apply({ type: 'began', id });
    const file = await this.#sources.open(id);
    // Meanwhile it may have been paused, or a recording may have begun.
    const job = this.#job(id);
    if (job?.phase !== 'opening' || turn !== this.#turns) return;
    if (file === null) this.#change({ type: 'file-needed', id });
    else if (!(file instanceof Blob)) this.#change({ type: 'failed', id, failure: file });
    else this.#run(job, file);
  }

  #run(job: Job, file: Blob): void {
    const { id, resumeSample: fromSample } = job;
    const { flag, recognizer, modelReady } = this.#options;
    const scope = this.#options.scope.child();
    keepAwake(scope);
    scope.add(holdRecordingLock());
    const onEvent = (event: RunEvent) => this.#onRun(id, event);
    const run = new FileRun({ scope, flag, recognizer, file, fromSample, onEvent });
    this.#running = { id, run, scope, sinceMs: modelReady() ? performance.now() : null };
    this.configure();
  }

  #onRun(id: string, event: RunEvent): void {
    switch (event.type) {
      case 'progressed':
        this.#measure(id, () => this.#apply({ ...event, id }));
        return;
      case 'written': {
        const { resumeSample } = event;
        const committed = this.#options.replacing().apply(event.segment?.committed ?? []);
        const segment = event.segment && { ...event.segment, committed };
        this.#measure(id, () => this.#apply({ type: 'written', id, resumeSample }));
        if (segment === null) return this.#save(id);
        const { segments } = this.transcriptOf(id);
        const stored = this.#stored(id);
        if (stored === null) return;
        this.#transcripts.set(id, { segments: [...segments, segment] });
        return this.#library.append(stored, segments.length, segment);
      }
      default:
        this.#change({ ...event, id });
        if (event.type !== 'finished') return;
        void this.#keep(id).catch(() => undefined);
        tellWhenHidden(this.#options.scope, this.#job(id)?.name ?? '');
    }
  }

  /** A finished text lies in the library from now on, and there alone. Where it cannot be had, the next visit tries again. */
  async #keep(id: string): Promise<void> {
    const transcript = this.transcriptOf(id);
    const library = await this.#options.library();
    if (transcript.segments.length === 0) {
      const kept = await library.readTranscript(id);
      return void this.#transcripts.set(id, kept ?? transcript);
    }
    const job = this.#job(id);
    if (job === undefined) return;
    const { language, task } = this.#options.recognition();
    const origin = { model: this.#modelOf(job), language: job.language ?? language, task };
    const kept = await keepText(library, job, transcript, origin);
    const stored = kept === 'text' ? this.#stored(id) : null;
    if (stored !== null) this.#library.handOver(stored);
    if (kept === 'job') this.remove(id);
  }

  #modelOf({ again }: Job): ModelId {
    return again?.model ?? this.#options.model();
  }

  /** Sees how fast a change of the position came. */
  #measure(id: string, change: () => void): void {
    const job = this.#job(id);
    const before = job?.positionSample ?? 0;
    change();
    const moved = (this.#job(id)?.positionSample ?? 0) - before;
    const running = this.#running;
    if (job === undefined || running?.id !== id || running.sinceMs === null || moved <= 0) return;
    const now = performance.now();
    this.#paces.observe(this.#modelOf(job), moved, now - running.sinceMs);
    running.sinceMs = now;
  }

  #save(id: string): void {
    const stored = this.#stored(id);
    if (stored !== null) this.#library.save(stored);
  }

  #stored(id: string) {
    const order = this.#queue.jobs.findIndex((job) => job.id === id);
    const job = this.#queue.jobs[order];
    const source = this.#sources.get(id);
    return job === undefined || source === null ? null : storedFile(job, order, source);
  }
}
