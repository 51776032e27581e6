import { transfer, wrap, type Remote } from 'comlink';
import { afterPaint } from '../platform/after-paint.ts';
import { describeError, type Failure, type FailureName } from '../platform/failure.ts';
import { whenEnded } from '../platform/life.ts';
import type { Scope } from '../platform/scope.ts';
import type { DetectorApi, DetectorEvent } from './detector-protocol.ts';
import { cpuPlan, samePlan, type Plan } from './device/plan.ts';
import type { ModelId } from './models.ts';
import type {
  RecognitionSettings,
  RecordingPlace,
  SegmentMode,
  SpeechApi,
  SpeechEvent,
  WhisperApi,
  WhisperEvent,
} from './protocol.ts';
import type { RunFlag } from './run-flag.ts';
import { startWhisperWorker } from './whisper-worker.ts';

export interface RecognizerListener {
  speech(event: SpeechEvent): void;
  whisper(event: WhisperEvent): void;
  /**
   * A worker ended; a new one has the same audio. The session log wants to know.
   * @param gpuLost whether it was a GPU's fault: the new one does without (F19).
   */
  restarted(failure: Failure, gpuLost: boolean): void;
}

/** A final pass on the slowest machine we know takes a third of this. */
const PASS_TIMEOUT_MS = 180_000;
/** Whisper workers that may end in a row without finishing a pass. */
const MAX_CRASHES = 2;
/** Before another detector is started, the more of them have ended in a row without hearing an utterance. */
const DETECTOR_RETRY_MS = [0, 1_000, 5_000, 20_000] as const;
/** Of failures with a GPU, those that are its own. */
const OF_THE_GPU: ReadonlySet<FailureName> = new Set(['engine-failed', 'out-of-memory', 'worker-crashed']);

/**
 * The page's end of the workers: spawns them, connects them with each other, replaces detector and whisper worker when they crash,
 * fail or hang. Calls are one-way: a call to a worker that has died would never settle, so nobody waits for one.
 */
export class RecognizerClient {
  readonly #scope: Scope;
  readonly #flag: RunFlag;
  readonly #listener: RecognizerListener;
  #speech: Remote<SpeechApi> | null = null;
  #whisper: Remote<WhisperApi> | null = null;
  #whisperScope: Scope | null = null;
  #model: ModelId | null = null;
  #plan: Plan = cpuPlan(navigator.hardwareConcurrency);
  /** A GPU is not tried twice in one visit (F19): its driver may need longer than the person has patience. */
  #gpuFailed = false;
  #settings: RecognitionSettings;
  #crashes = 0;
  #detectorScope: Scope | null = null;
  #detectorCrashes = 0;
  #stopWatchdog: () => void = () => undefined;

  constructor(scope: Scope, flag: RunFlag, settings: RecognitionSettings, listener: RecognizerListener) {
    this.#scope = scope.child();
    this.#flag = flag;
    this.#settings = settings;
    this.#listener = listener;
    // Large scripts that nobody waits for yet: they come behind the page itself, unless it is told to listen before.
    afterPaint(this.#scope, () => this.#spawn());
  }

  /** @returns the speech worker, with which the others are spawned if they were not yet. */
  #spawn(): Remote<SpeechApi> {
    if (this.#speech !== null) return this.#speech;
    const worker = new Worker(new URL('../../workers/speech.worker.ts', import.meta.url), {
      type: 'module',
      name: 'sotto-speech',
    });
    const events = this.#adopt<SpeechEvent>(this.#scope, worker, 'speech', (event) => this.#onSpeech(event));
    const speech = wrap<SpeechApi>(worker);
    this.#speech = speech;
    this.#call(speech.init(this.#flag.buffer, events));
    this.#spawnDetector();
    this.#spawnWhisper();
    return speech;
  }

  /**
   * Downloads what is missing and loads the model; again after a failure.
   * @param wanted what it is to run on. The work under way is done again where that is something else than before.
   */
  load(model: ModelId, wanted = this.#plan): void {
    const plan = this.#gpuFailed && wanted.device === 'webgpu' ? cpuPlan(navigator.hardwareConcurrency) : wanted;
    // An engine stays as it was started.
    const replaced = this.#model !== null && !samePlan(plan, this.#plan);
    this.#model = model;
    this.#plan = plan;
    this.#crashes = 0;
    if (replaced && this.#whisper !== null) this.#replaceWhisper();
    else this.#call(this.#whisper?.load(model, plan));
  }

  /** Stops a download; what is verified is kept. */
  cancelLoad(): void {
    this.#model = null;
    this.#call(this.#whisper?.cancelLoad());
  }

  configure(settings: RecognitionSettings): void {
    this.#settings = settings;
    this.#call(this.#whisper?.configure(settings));
  }

  /** Opens a session, or goes on with it on a new port. @returns the port on which frames are to come. */
  open(epoch: number, mode: SegmentMode, recording?: RecordingPlace): MessagePort {
    const { port1, port2 } = new MessageChannel();
    this.#call(this.#spawn().open(epoch, transfer(port1, [port1]), mode, recording));
    return port2;
  }

  /** Ends a session's capture from here, for when the worklet cannot. */
  finish(epoch: number): void {
    this.#call(this.#speech?.finish(epoch));
  }

  /** Gives up what waits for recognition. */
  discard(epoch: number): void {
    this.#call(this.#speech?.discard(epoch));
  }

  #spawnDetector(): void {
    const scope = this.#scope.child();
    const worker = new Worker(new URL('../../workers/detector.worker.ts', import.meta.url), {
      type: 'module',
      name: 'sotto-detector',
    });
    const events = this.#adopt<DetectorEvent>(scope, worker, 'detector', ({ lock }) =>
      this.#watch(scope, lock, 'detector'),
    );
    this.#detectorScope = scope;
    const { port1, port2 } = new MessageChannel();
    this.#call(wrap<DetectorApi>(worker).init(transfer(port1, [port1]), events));
    this.#call(this.#speech?.connectDetector(transfer(port2, [port2])));
  }

  #spawnWhisper(): void {
    const scope = this.#scope.child();
    const worker = startWhisperWorker();
    const events = this.#adopt<WhisperEvent>(scope, worker, 'whisper', (event) => this.#onWhisper(event, scope));
    const whisper = wrap<WhisperApi>(worker);
    this.#call(whisper.init(this.#flag.buffer, events));
    this.#whisperScope = scope;
    this.#whisper = whisper;
    this.#call(whisper.configure(this.#settings));
    const { port1, port2 } = new MessageChannel();
    this.#call(whisper.connect(transfer(port1, [port1])));
    this.#call(this.#speech?.connect(transfer(port2, [port2])));
    if (this.#model !== null) this.#call(whisper.load(this.#model, this.#plan));
  }

  /** Ends the worker with the scope and hears when it crashes. @returns the port that its events are to be sent on. */
  #adopt<Event>(
    scope: Scope,
    worker: Worker,
    name: 'speech' | 'detector' | 'whisper',
    onEvent: (event: Event) => void,
  ): MessagePort {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }: MessageEvent<Event>) => onEvent(data);
    scope.add(() => port1.close());
    scope.add(() => worker.terminate());
    scope.listen(worker, 'error', (event: ErrorEvent) => {
      event.preventDefault();
      const detail = event.message || 'the script could not be loaded';
      this.#onCrash({ name: 'worker-crashed', worker: name, detail });
    });
    return transfer(port2, [port2]);
  }

  #watch(worker: Scope, lock: string, name: 'detector' | 'whisper'): void {
    whenEnded(worker, lock, () => {
      this.#onCrash({ name: 'worker-crashed', worker: name, detail: 'ended without a word' });
    });
  }

  #onSpeech(event: SpeechEvent): void {
    if (event.type === 'failed' && event.failure.name === 'worker-crashed') return this.#onCrash(event.failure);
    if (event.type === 'utterance-ended') this.#detectorCrashes = 0;
    this.#listener.speech(event);
  }

  #onWhisper(event: WhisperEvent, worker: Scope): void {
    if (event.type === 'alive') return this.#watch(worker, event.lock, 'whisper');
    if (event.type === 'pass-started') {
      this.#stopWatchdog();
      this.#stopWatchdog = this.#scope.after(PASS_TIMEOUT_MS, () => {
        this.#onCrash({ name: 'worker-crashed', worker: 'whisper', detail: 'no answer' });
      });
    }
    if (event.type === 'pass-finished') {
      this.#stopWatchdog();
      this.#crashes = 0;
    }
    // After one failed run the engine fails every later one: only a new worker helps. And whatever fails with a GPU may do without.
    if (event.type === 'failed' && (event.failure.name === 'engine-failed' || this.#plan.device === 'webgpu'))
      return this.#onCrash(event.failure);
    this.#listener.whisper(event);
    // Only its end gives a worker's memory back, to a smaller model perhaps (F20).
    if (event.type === 'failed' && event.failure.name === 'out-of-memory') {
      this.#model = null;
      this.#replaceWhisper();
    }
  }

  #onCrash(failure: Failure): void {
    if (failure.name === 'worker-crashed' && failure.worker === 'speech')
      return this.#listener.speech({ type: 'failed', failure });
    if (failure.name === 'worker-crashed' && failure.worker === 'detector') return this.#replaceDetector(failure);
    const onGpu = this.#plan.device === 'webgpu';
    if (onGpu) {
      this.#gpuFailed = true;
      this.#plan = cpuPlan(navigator.hardwareConcurrency);
    } else this.#crashes++;
    if (this.#crashes > MAX_CRASHES) {
      this.#model = null;
      this.#listener.whisper({ type: 'failed', failure });
    } else this.#listener.restarted(failure, onGpu && OF_THE_GPU.has(failure.name));
    this.#replaceWhisper();
  }

  /** Audio waits for the next one. One that ends is nobody's business; several in a row are told. */
  #replaceDetector(failure: Failure): void {
    // Another one is on its way: this was the last one's echo.
    if (this.#detectorScope === null) return;
    this.#detectorScope.dispose();
    this.#detectorScope = null;
    const crashes = this.#detectorCrashes++;
    if (crashes === 0) this.#listener.restarted(failure, false);
    else this.#listener.speech({ type: 'failed', failure });
    const retryMs = DETECTOR_RETRY_MS[Math.min(crashes, DETECTOR_RETRY_MS.length - 1)] ?? 0;
    this.#scope.after(retryMs, () => this.#spawnDetector());
  }

  #replaceWhisper(): void {
    this.#stopWatchdog();
    this.#whisperScope?.dispose();
    this.#whisper = null;
    this.#spawnWhisper();
  }

  #call(sent: Promise<unknown> | undefined): void {
    sent?.catch((error: unknown) => {
      this.#listener.restarted({ name: 'worker-crashed', worker: 'whisper', detail: describeError(error) }, false);
    });
  }
}
