import { samplesToMs } from '../audio/units.ts';
import type { Failure } from '../platform/failure.ts';
import { holdRecordingLock } from '../platform/recording-lock.ts';
import type { Language } from '../recognizer/languages.ts';
import type { SpeechEvent, WhisperEvent } from '../recognizer/protocol.ts';
import type { Transcript } from '../transcript/transcript.ts';
import { describeCounts, describeSession } from './diagnostics.ts';
import { Notices } from './notices.svelte.ts';
import { next, type PhaseEvent } from './phase.ts';
import { SessionRecord } from './record.svelte.ts';
import { captureFailure, SessionCapture } from './session-capture.ts';
import { isRecordingEvent, SessionSound } from './session-sound.ts';
import { SessionLog } from './session-log.ts';
import type { SessionOptions } from './session-options.ts';
import type { Level, LogEntry, Notice, Phase, SessionState } from './state.ts';

/** How often the counters go into the log while listening. */
const COUNTS_EVERY_MS = 10_000;

/**
 * One recording after the other: the only owner of "what is happening". Start opens the microphone at once, whether or not a
 * model is there; Stop clears the run flag and waits for the last words; `stopped` comes once per session, also after an error.
 */
export class Session implements SessionState {
  readonly #options: SessionOptions;
  readonly #log = new SessionLog();
  readonly #notices = new Notices();
  readonly #record: SessionRecord;
  readonly #capture: SessionCapture;
  readonly #sound: SessionSound;

  #phase = $state<Phase>('idle');
  #logLength = $state(0);

  #epoch = 0;
  /** Why the voice-activity detector is not there; it is tried again and again. */
  #gateFailure: Failure | null = null;
  #releaseLock: () => void = () => undefined;
  #stopCounting: () => void = () => undefined;
  #startAgain = false;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#record = new SessionRecord(options.keeper, options.replacing);
    const report = { notices: this.#notices, say: (text: string) => this.#say(text) };
    this.#sound = new SessionSound({ ...report, say: (text) => this.#sayInTime(text) });
    this.#capture = new SessionCapture(options, {
      ...report,
      silence: () => this.#record.silence(),
      place: () => this.#record.place,
    });
  }

  get phase(): Phase {
    return this.#phase;
  }
  get transcript(): Transcript {
    return this.#record.transcript;
  }
  get elapsedMs(): number {
    return this.#record.elapsedMs;
  }
  get level(): Level {
    return this.#record.level;
  }
  get lagMs(): number {
    return this.#record.lagMs;
  }
  get pendingMs(): number {
    return this.#record.pendingMs;
  }
  get drain(): SessionState['drain'] {
    return this.#record.drain;
  }
  get notices(): readonly Notice[] {
    const running = this.#phase === 'listening' || this.#phase === 'draining';
    const { modelReady, modelKept, soundKept } = this.#options;
    return [
      ...(running && !modelReady() ? [{ type: 'waiting-for-model' } as const] : []),
      ...(modelKept() && soundKept() ? [] : [{ type: 'memory-only' } as const]),
      ...this.#notices.all,
    ];
  }
  get log(): readonly LogEntry[] {
    return this.#log.entries.slice(0, this.#logLength);
  }
  get canUndoClear(): boolean {
    return this.#record.canUndoClear;
  }
  get detectedLanguage(): Language | null {
    return this.#record.detectedLanguage;
  }

  /** Nothing is captured, and no words are to come. */
  get atRest(): boolean {
    return this.#phase === 'idle' || this.#phase === 'stopped' || this.#phase === 'failed';
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
      if (!(await this.#capture.open(epoch)) || flag.hasEnded(epoch) || !this.#move('capturing')) return;
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
    this.#record.silence();
    this.#notices.removeType('no-signal', 'audio-suspended', 'microphone-lost');
    // The worklet hands over its end mark; where it cannot (suspended, never opened) the speech worker is told from here.
    void this.#capture.stop().finally(() => recognizer.finish(epoch));
  }

  abandon(): void {
    if (this.#phase !== 'draining') return;
    this.#say('the rest was given up');
    this.#options.recognizer.discard(this.#epoch);
    this.#finish('drained');
  }

  async resume(): Promise<void> {
    if (this.#phase === 'listening') await this.#capture.resume(this.#epoch);
  }

  clear(): void {
    this.#record.clear();
  }

  undoClear(): void {
    this.#record.undoClear(this.atRest);
  }

  dismiss(notice: Notice): void {
    this.#notices.remove(notice);
  }

  diagnostics(): string {
    return describeSession({
      environment: this.#options.environment(),
      timings: this.#record.timings,
      lagMs: this.#record.lagMs,
      counters: this.#options.flag.counters(),
      log: this.#log.entries,
    });
  }

  /** What the speech worker tells. */
  onSpeech(event: SpeechEvent): void {
    if (event.type === 'failed') return this.#onSpeechFailure(event.failure);
    if (event.type === 'gate-ready') {
      if (this.#gateFailure !== null) this.#notices.remove({ type: 'failure', failure: this.#gateFailure });
      this.#gateFailure = null;
      return this.#say(`voice-activity detector ready after ${Math.round(event.loadMs)} ms`);
    }
    if (isRecordingEvent(event)) return this.#sound.onEvent(event, this.#epoch);
    if (event.epoch !== this.#epoch) return;
    switch (event.type) {
      case 'first-frame':
        return this.#sayInTime('first frame');
      case 'utterance-started':
        return this.#sayInTime(`utterance ${event.utterance} started`);
      case 'utterance-ended':
        return this.#sayInTime(`utterance ${event.utterance} ${event.discarded ? 'discarded' : 'ended'}`);
      case 'signal':
        return event.present ? this.#notices.removeType('no-signal') : this.#notices.add({ type: 'no-signal' });
      case 'gap':
        return this.#sayInTime(`gap at ${Math.round(samplesToMs(event.sampleIndex))} ms`);
      case 'level':
        return this.#record.measure(event, this.#phase === 'listening');
      case 'captured':
        this.#record.measure(event, false);
        if (!this.atRest) this.#sayCounts();
        return this.#followDrain();
      case 'backlog':
        this.#record.measure(event, false);
        return this.#followDrain();
    }
  }

  /** What the whisper worker tells about this session; loading is the model state's business. */
  onWhisper(event: WhisperEvent): void {
    if (!('epoch' in event) || event.epoch !== this.#epoch || this.atRest) return;
    switch (event.type) {
      case 'language':
        return this.#record.hearLanguage(event.language);
      case 'pass-started':
        return this.#say(`${event.pass === 'final' ? 'final ' : ''}inference on ${event.sampleCount} samples`);
      case 'words':
        this.#record.write(event);
        return this.#say(`result: ${event.committed.length} words committed, ${event.tentative.length} tentative`);
      case 'pass-finished':
        if (event.abandoned) return this.#say('inference abandoned');
        return this.#record.time(event);
      case 'drained':
        return this.#finish('drained');
    }
  }

  /** A worker was replaced; the audio is safe. */
  onRestart(failure: Failure, gpuLost: boolean): void {
    if (gpuLost) this.#notices.add({ type: 'gpu-lost' });
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

  #resetForSession(): void {
    this.#record.begin();
    this.#log.restart();
    this.#notices.clear();
    if (this.#gateFailure !== null) this.#notices.add({ type: 'failure', failure: this.#gateFailure });
    this.#startAgain = false;
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

  #onSpeechFailure(failure: Failure): void {
    this.#say(`speech worker: ${failure.name}`);
    this.#notices.add({ type: 'failure', failure });
    if (failure.name === 'worker-crashed' && failure.worker === 'speech') this.#lose();
    // The detector could not be had. It is tried again; what is said meanwhile waits for it.
    else this.#gateFailure = failure;
  }

  /** The speech worker is gone, and with it the audio that was not yet written down. */
  #lose(): void {
    if (this.atRest) return;
    this.#options.flag.clear();
    void this.#capture.stop();
    this.#finish('fail');
  }

  /** Once per session: the last words are here, or nothing more will come. */
  #finish(event: 'drained' | 'fail'): void {
    if (!this.#move(event)) return;
    this.#record.settle(event === 'fail');
    this.#stopCounting();
    this.#releaseLock();
    this.#say('stopped');
    if (this.#startAgain && event === 'drained') void this.start();
  }

  #followDrain(): void {
    if (this.#phase !== 'draining') return;
    // Without a model nothing is under way: what holds no speech needs none.
    if (this.#record.complete && !this.#options.modelReady()) return this.#finish('drained');
    this.#record.followDrain();
  }

  #sayCounts(): void {
    this.#say(describeCounts(this.#options.flag.counters()));
  }

  #say(text: string): void {
    this.#log.add(text);
    this.#logLength = this.#log.entries.length;
  }

  /** The speech worker tells on a port of its own: its last word may come behind the end, and is no part of the session. */
  #sayInTime(text: string): void {
    if (!this.atRest) this.#say(text);
  }
}
