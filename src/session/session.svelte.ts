import { samplesToMs } from '../audio/units.ts';
import { openCapture, type Capture, type CaptureEvent, type CaptureOptions } from '../capture/capture.ts';
import { describeError, failureOf, type Failure } from '../platform/failure.ts';
import { holdRecordingLock } from '../platform/recording-lock.ts';
import type { Scope } from '../platform/scope.ts';
import type { RecognizerClient } from '../recognizer/client.ts';
import type { Language } from '../recognizer/languages.ts';
import type { PassTiming, SpeechEvent, WhisperEvent } from '../recognizer/protocol.ts';
import type { RunFlag } from '../recognizer/run-flag.ts';
import { apply, EMPTY_TRANSCRIPT, isEmpty, merge, type Transcript } from '../transcript/transcript.ts';
import type { Word } from '../transcript/word.ts';
import { Drain } from './drain.ts';
import { Notices } from './notices.svelte.ts';
import { next, type PhaseEvent } from './phase.ts';
import { SessionLog } from './session-log.ts';
import type { Level, LogEntry, Notice, Phase, SessionState } from './state.ts';

/** How often the counters go into the log while listening. */
const COUNTS_EVERY_MS = 10_000;
const SILENT: Level = { peak: 0, rms: 0, speaking: false };

interface SessionOptions {
  readonly scope: Scope;
  readonly flag: RunFlag;
  readonly recognizer: RecognizerClient;
  /** What to listen to at Start: the chosen microphone, or a stream that stands in for it. */
  readonly source: () => CaptureOptions['source'];
  /** Name of the microphone that was chosen; `null` for the system's default. */
  readonly wanted: () => string | null;
  /** Whether words can come now; if not, they are waited for. */
  readonly modelReady: () => boolean;
  /** Whether the model will be here next time (F18). */
  readonly modelKept: () => boolean;
  /** Lines for Diagnostics about what this session does not know itself. */
  readonly environment: () => readonly string[];
}

/**
 * One recording after the other: the only owner of "what is happening". Start opens the microphone at once, whether or not a
 * model is there; Stop clears the run flag and waits for the last words; `stopped` comes once per session, also after an error.
 */
export class Session implements SessionState {
  readonly #options: SessionOptions;
  readonly #log = new SessionLog();
  readonly #notices = new Notices();
  readonly #timings: PassTiming[] = [];

  #phase = $state<Phase>('idle');
  #transcript = $state.raw<Transcript>(EMPTY_TRANSCRIPT);
  #cleared = $state.raw<Transcript | null>(null);
  #elapsedMs = $state(0);
  #level = $state.raw<Level>(SILENT);
  #pendingMs = $state(0);
  #drain = $state.raw<SessionState['drain']>(null);
  #detectedLanguage = $state<Language | null>(null);
  #logLength = $state(0);

  #epoch = 0;
  /** Where this session's samples lie in the transcript, which may hold earlier ones. */
  #offsetSamples = 0;
  #sampleCount = 0;
  #captured = false;
  #capture: Capture | null = null;
  #drainTimer: Drain | null = null;
  #releaseLock: () => void = () => undefined;
  #stopCounting: () => void = () => undefined;
  #startAgain = false;

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  get phase(): Phase {
    return this.#phase;
  }
  get transcript(): Transcript {
    return this.#transcript;
  }
  get elapsedMs(): number {
    return this.#elapsedMs;
  }
  get level(): Level {
    return this.#level;
  }
  get pendingMs(): number {
    return this.#pendingMs;
  }
  get drain(): SessionState['drain'] {
    return this.#drain;
  }
  get notices(): readonly Notice[] {
    const running = this.#phase === 'listening' || this.#phase === 'draining';
    const { modelReady, modelKept } = this.#options;
    return [
      ...(running && !modelReady() ? [{ type: 'waiting-for-model' } as const] : []),
      ...(modelKept() ? [] : [{ type: 'memory-only' } as const]),
      ...this.#notices.all,
    ];
  }
  get log(): readonly LogEntry[] {
    return this.#log.entries.slice(0, this.#logLength);
  }
  get canUndoClear(): boolean {
    return this.#cleared !== null;
  }
  get detectedLanguage(): Language | null {
    return this.#detectedLanguage;
  }

  async start(): Promise<void> {
    // Pressed while the last words are still to come: what is asked for happens right after them.
    if (this.#phase === 'draining') this.#startAgain = true;
    if (!this.#move('start')) return;
    const { flag } = this.#options;
    const epoch = flag.begin();
    this.#epoch = epoch;
    this.#resetForSession();
    this.#say('started');
    flag.set();
    this.#releaseLock = holdRecordingLock();
    try {
      await this.#openCapture(epoch);
      if (this.#capture === null || !this.#move('capturing')) return;
      this.#stopCounting = this.#options.scope.every(COUNTS_EVERY_MS, () => this.#sayCounts());
    } catch (error) {
      this.#failToStart(epoch, error);
    }
  }

  stop(): void {
    this.#startAgain = false;
    if (!this.#move('stop')) return;
    const { flag, recognizer } = this.#options;
    const epoch = this.#epoch;
    flag.clear();
    this.#say('stop requested');
    this.#level = SILENT;
    this.#notices.removeType('no-signal', 'audio-suspended', 'microphone-lost');
    const capture = this.#capture;
    this.#capture = null;
    // The worklet hands over its end mark; where it cannot (suspended, never opened) the speech worker is told from here.
    void Promise.resolve(capture?.stop()).finally(() => recognizer.finish(epoch));
  }

  abandon(): void {
    if (this.#phase !== 'draining') return;
    this.#say('the rest was given up');
    this.#options.recognizer.discard(this.#epoch);
    this.#finish('drained');
  }

  async resume(): Promise<void> {
    if (this.#phase !== 'listening' || (await this.#capture?.resume()) === true) return;
    // The microphone was lost, or the audio context with it (iOS): the session goes on with a new one.
    await this.#capture?.stop();
    this.#capture = null;
    try {
      await this.#openCapture(this.#epoch);
    } catch (error) {
      this.#notices.add({ type: 'failure', failure: captureFailure(error) });
    }
  }

  clear(): void {
    if (isEmpty(this.#transcript)) return;
    this.#cleared = this.#transcript;
    this.#transcript = EMPTY_TRANSCRIPT;
  }

  undoClear(): void {
    if (this.#cleared === null) return;
    this.#transcript = merge(this.#cleared, this.#transcript);
    this.#cleared = null;
  }

  dismiss(notice: Notice): void {
    this.#notices.remove(notice);
  }

  diagnostics(): string {
    const counters = Object.entries(this.#options.flag.counters()).map(([name, count]) => `${name} ${count}`);
    const audioMs = this.#timings.reduce((sum, { sampleCount }) => sum + samplesToMs(sampleCount), 0);
    const workMs = this.#timings.reduce((sum, { totalMs }) => sum + totalMs, 0);
    return [
      ...this.#options.environment(),
      `passes ${this.#timings.length}, real-time factor ${audioMs === 0 ? 'unknown' : (workMs / audioMs).toFixed(2)}`,
      `lag ${Math.round(this.#pendingMs)} ms`,
      counters.join(', '),
      '',
      ...this.#log.entries.map(({ atMs, text }) => `${(atMs / 1000).toFixed(3).padStart(9)} s  ${text}`),
    ].join('\n');
  }

  /** What the speech worker tells. */
  onSpeech(event: SpeechEvent): void {
    if (event.type === 'failed') return this.#lose(event.failure);
    if (event.type === 'gate-ready')
      return this.#say(`voice-activity detector ready after ${Math.round(event.loadMs)} ms`);
    if (event.epoch !== this.#epoch) return;
    switch (event.type) {
      case 'first-frame':
        return this.#say('first frame');
      case 'level':
        if (this.#phase === 'listening') this.#level = event;
        this.#sampleCount = Math.max(this.#sampleCount, event.sampleIndex);
        this.#elapsedMs = samplesToMs(this.#sampleCount);
        return;
      case 'utterance-started':
        return this.#say(`utterance ${event.utterance} started`);
      case 'utterance-ended':
        return this.#say(`utterance ${event.utterance} ${event.discarded ? 'discarded' : 'ended'}`);
      case 'signal':
        return event.present ? this.#notices.removeType('no-signal') : this.#notices.add({ type: 'no-signal' });
      case 'gap':
        return this.#say(`gap at ${Math.round(samplesToMs(event.sampleIndex))} ms`);
      case 'captured':
        this.#captured = true;
        this.#sampleCount = event.sampleCount;
        this.#elapsedMs = samplesToMs(event.sampleCount);
        this.#sayCounts();
        this.#followDrain();
        return;
      case 'backlog':
        this.#pendingMs = samplesToMs(event.pendingSamples);
        return this.#followDrain();
    }
  }

  /** What the whisper worker tells about this session; loading is the model state's business. */
  onWhisper(event: WhisperEvent): void {
    if (!('epoch' in event) || event.epoch !== this.#epoch || this.#isOver()) return;
    switch (event.type) {
      case 'language':
        this.#detectedLanguage = event.language;
        return;
      case 'pass-started': {
        const what = event.pass === 'final' ? 'final inference' : 'inference';
        return this.#say(`${what} on ${event.sampleCount} samples`);
      }
      case 'words':
        this.#transcript = apply(this.#transcript, {
          ...event,
          segment: `${event.epoch}.${event.utterance}`,
          startSample: this.#offsetSamples + (event.committed[0] ?? event.tentative[0])?.startSample!,
          committed: event.committed.map((word) => this.#shift(word)),
          tentative: event.tentative.map((word) => this.#shift(word)),
        });
        return this.#say(`result: ${event.committed.length} words committed, ${event.tentative.length} tentative`);
      case 'pass-finished': {
        const { timing, abandoned } = event;
        if (abandoned) return this.#say('inference abandoned');
        this.#timings.push(timing);
        this.#drainTimer?.observe(timing);
        return;
      }
      case 'drained':
        return this.#finish('drained');
    }
  }

  /** A worker was replaced; the audio is safe. */
  onRestart(failure: Failure): void {
    this.#say(`${failure.name}${'detail' in failure ? ` (${failure.detail})` : ''}: the recogniser starts again`);
  }

  /** A line of the model state for the log. */
  onModel(text: string): void {
    this.#say(text);
    this.#followDrain();
  }

  #move(event: PhaseEvent): boolean {
    const phase = next(this.#phase, event);
    if (phase === null) return false;
    this.#phase = phase;
    return true;
  }

  #isOver(): boolean {
    return this.#phase === 'idle' || this.#phase === 'stopped' || this.#phase === 'failed';
  }

  #resetForSession(): void {
    this.#offsetSamples =
      isEmpty(this.#transcript) && this.#cleared === null ? 0 : this.#offsetSamples + this.#sampleCount;
    this.#log.restart();
    this.#notices.clear();
    this.#timings.length = 0;
    this.#captured = false;
    this.#sampleCount = 0;
    this.#elapsedMs = 0;
    this.#pendingMs = 0;
    this.#drain = null;
    this.#drainTimer = null;
    this.#startAgain = false;
  }

  /** Leaves `#capture` as it is when Stop came while the browser asked for permission. */
  async #openCapture(epoch: number): Promise<void> {
    const { flag, recognizer, source, wanted } = this.#options;
    const capture = await openCapture({
      flag,
      epoch,
      source: source(),
      port: recognizer.open(epoch, 'live'),
      onEvent: (event) => this.#onCapture(epoch, event),
    });
    if (capture === null) return;
    if (flag.hasEnded(epoch)) return capture.stop();
    this.#capture = capture;
    this.#notices.removeType('microphone-lost', 'audio-suspended');
    this.#say(`microphone open: ${capture.sampleRate} Hz`);
    if (capture.replaced) {
      this.#notices.add({ type: 'microphone-replaced', wanted: wanted() ?? '', used: capture.label });
    }
  }

  #onCapture(epoch: number, event: CaptureEvent): void {
    if (epoch !== this.#epoch || (this.#phase !== 'listening' && this.#phase !== 'starting')) return;
    switch (event.type) {
      case 'lost':
        this.#capture = null;
        this.#level = SILENT;
        this.#notices.add({ type: 'microphone-lost' });
        return this.#say('microphone lost');
      case 'failed':
        this.#capture = null;
        this.#level = SILENT;
        this.#notices.add({ type: 'failure', failure: event.failure });
        this.#notices.add({ type: 'microphone-lost' });
        return this.#say(`capture failed: ${event.failure.name}`);
      case 'muted':
        if (event.muted) this.#notices.add({ type: 'no-signal' });
        return this.#say(event.muted ? 'microphone muted' : 'microphone unmuted');
      case 'suspended':
        if (event.suspended) this.#notices.add({ type: 'audio-suspended' });
        else this.#notices.removeType('audio-suspended');
        return this.#say(event.suspended ? 'audio suspended' : 'audio resumed');
    }
  }

  /** The microphone did not open: nothing was captured, and the session ends with one `stopped` all the same. */
  #failToStart(epoch: number, error: unknown): void {
    if (this.#options.flag.hasEnded(epoch)) return;
    const failure = captureFailure(error);
    this.#say(`failed: ${failure.name}`);
    this.#notices.add({ type: 'failure', failure });
    this.#options.flag.clear();
    this.#options.recognizer.finish(epoch);
    this.#finish('fail');
  }

  /** The speech worker is gone, and with it the audio that was not yet written down. */
  #lose(failure: Failure): void {
    this.#notices.add({ type: 'failure', failure });
    if (this.#isOver()) return;
    this.#options.flag.clear();
    void this.#capture?.stop();
    this.#capture = null;
    this.#finish('fail');
  }

  /** Once per session: the last words are here, or nothing more will come. */
  #finish(event: 'drained' | 'fail'): void {
    if (!this.#move(event)) return;
    this.#transcript = apply(this.#transcript, { type: 'settled' });
    this.#pendingMs = 0;
    this.#drain = null;
    this.#level = SILENT;
    this.#stopCounting();
    this.#releaseLock();
    this.#say('stopped');
    if (this.#startAgain) void this.start();
  }

  #followDrain(): void {
    if (this.#phase !== 'draining' || !this.#captured) return;
    // Without a model nothing is under way: what holds no speech needs none.
    if (this.#pendingMs === 0 && !this.#options.modelReady()) return this.#finish('drained');
    this.#drainTimer ??= new Drain(this.#pendingMs, this.#timings);
    this.#drain = this.#drainTimer.at(this.#pendingMs);
  }

  #shift(word: Word): Word {
    if (this.#offsetSamples === 0) return word;
    return {
      ...word,
      startSample: word.startSample + this.#offsetSamples,
      endSample: word.endSample + this.#offsetSamples,
    };
  }

  #sayCounts(): void {
    const { framesCaptured, framesReceived, framesRecognised, framesDropped } = this.#options.flag.counters();
    this.#say(
      `frame counts: ${framesCaptured} captured, ${framesReceived} received, ${framesRecognised} recognised, ${framesDropped} dropped`,
    );
  }

  #say(text: string): void {
    this.#log.add(text);
    this.#logLength = this.#log.entries.length;
  }
}

function captureFailure(error: unknown): Failure {
  return failureOf(error) ?? { name: 'capture-failed', detail: describeError(error) };
}
