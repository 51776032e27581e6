import { LevelMeter, SignalWatch } from '../../src/audio/level.ts';
import { PauseWatch } from '../../src/audio/pause-watch.ts';
import { Resampler } from '../../src/audio/resampler.ts';
import { Timeline } from '../../src/audio/timeline.ts';
import { FRAME_SAMPLES, msToSamples, SAMPLE_RATE, secondsToSamples } from '../../src/audio/units.ts';
import type { CaptureMessage } from '../../src/recognizer/capture-protocol.ts';
import type { Done, SegmentMode, SpeechEvent, Work } from '../../src/recognizer/protocol.ts';
import type { Counter, RunFlag } from '../../src/recognizer/run-flag.ts';
import { FILE, Gate, LIVE, WINDOW_SAMPLES, type GateEvent } from '../../src/speech/gate.ts';
import type { SessionRecording } from './recording/session-recording.ts';
import type { RemoteDetector } from './remote-detector.ts';
import { FINAL_ONLY, LIVE_SCHEDULE, Scheduler } from './scheduler.ts';

/** 60 ms. */
const LEVEL_EVERY_SAMPLES = 2 * FRAME_SAMPLES;
const BACKLOG_STEP_SAMPLES = msToSamples(100);
const NO_SIGNAL_AFTER_SECONDS = 5;
/** Windows judged at once where so many wait: a second of audio. */
const MAX_WINDOWS = 32;

/** What one port delivers. */
interface Feed {
  /** `null` where sound comes as fast as it is read. */
  readonly pauses: PauseWatch | null;
  /** `null` at our own rate. */
  readonly resampler: Resampler | null;
  /** Where the port's next sample is due, at its own rate. */
  dueIndex: number;
}

/**
 * One session's audio and what becomes of it: kept, judged, cut into utterances, given to Whisper, given up once its text is final.
 * Never waits for Whisper. Thread rights: counts everything but `framesCaptured`.
 */
export class SpeechSession {
  readonly #timeline = new Timeline();
  readonly #gate: Gate;
  readonly #scheduler: Scheduler;
  readonly #meter = new LevelMeter();
  readonly #signal = new SignalWatch(secondsToSamples(NO_SIGNAL_AFTER_SECONDS));
  #feed: Feed | null = null;
  /** No more audio will come. */
  #captured = false;
  /** Where capture broke off, while nothing has followed. */
  #brokenOffAt: number | null = null;
  #discarded = false;
  #utterance = 0;
  #speaking = false;
  #frames = 0;
  #recognisedFrames = 0;
  #reportedBacklog = 0;

  constructor(
    readonly epoch: number,
    readonly mode: SegmentMode,
    readonly flag: RunFlag,
    readonly emit: (event: SpeechEvent) => void,
    /** `null`: its sound is kept until its text is final, and no longer. */
    readonly recording: SessionRecording | null = null,
  ) {
    this.#gate = new Gate(mode === 'live' ? LIVE : FILE);
    this.#scheduler = new Scheduler(mode === 'live' ? LIVE_SCHEDULE : FINAL_ONLY);
  }

  /** A message of the capture port, in the order they were sent. One of another session is nothing to us. */
  accept(message: CaptureMessage): void {
    if (message.epoch !== this.epoch || this.flag.epoch !== this.epoch || this.#captured) return;
    switch (message.type) {
      case 'open': {
        const { sampleRate } = message;
        const resampler = sampleRate === SAMPLE_RATE ? null : new Resampler(sampleRate, SAMPLE_RATE);
        this.#feed = { resampler, dueIndex: 0, pauses: this.mode === 'live' ? new PauseWatch() : null };
        break;
      }
      case 'frame':
        this.#take(message.samples, message.sampleIndex);
        break;
      case 'close':
        this.#endFeed();
        this.#brokenOffAt = this.#timeline.end;
        this.recording?.flush();
        this.#markGap(this.#timeline.end);
        this.#settle();
        break;
      case 'end':
        this.finish();
        break;
    }
  }

  /** No more audio will come. Harmless when that was known. */
  finish(): void {
    if (this.#captured) return;
    this.#endFeed();
    this.#captured = true;
    this.recording?.flush();
    // First what is left to do, then that nothing more comes: who has seen both knows whether to wait.
    this.#reportBacklog();
    this.emit({ type: 'captured', epoch: this.epoch, sampleCount: this.#timeline.end });
    this.#settle();
  }

  /** Gives up what waits for recognition: the session counts as drained. */
  discard(): void {
    this.#discarded = true;
    this.finish();
    this.#scheduler.clear();
    this.#timeline.dropBefore(this.#timeline.end);
    this.#account();
  }

  /** Whether the detector has something to hear. */
  get waiting(): boolean {
    if (this.#discarded) return false;
    const ahead = this.#timeline.end - this.#gate.position;
    return ahead >= WINDOW_SAMPLES || (ahead > 0 && this.#brokenOff);
  }

  /** Everything captured has been through a final pass. */
  get drained(): boolean {
    return this.#captured && (this.#discarded || (!this.waiting && this.#gate.open === null && this.#scheduler.idle));
  }

  /**
   * Lets the detector hear what waits, one call at a time. The last, partial window is filled up with silence.
   * @throws Error as {@link RemoteDetector.hear} does; the windows wait as before.
   */
  async hear(detector: RemoteDetector): Promise<void> {
    const startSample = this.#gate.position;
    const ahead = (this.#timeline.end - startSample) / WINDOW_SAMPLES;
    const windows = Math.min(MAX_WINDOWS, this.#brokenOff ? Math.ceil(ahead) : Math.floor(ahead));
    const endSample = Math.min(this.#timeline.end, startSample + windows * WINDOW_SAMPLES);
    const samples = filledUp(this.#timeline.slice(startSample, endSample), windows * WINDOW_SAMPLES);
    const probabilities = await detector.hear({ epoch: this.epoch, startSample, samples });
    if (this.#discarded) return;
    for (const probability of probabilities) this.#apply(this.#gate.push(probability));
    this.#settle();
    this.#speaking = this.#gate.open !== null && (probabilities.at(-1) ?? 0) >= LIVE.release;
  }

  /** The next piece of work, or `null` when there is none now. Not for a drained session. */
  take(): Extract<Work, { type: 'work' }> | null {
    if (this.recording?.opening === true) return null;
    const { open, position } = this.#gate;
    const heard = Math.min(position, this.#timeline.end);
    const job = this.#scheduler.next(open && { ...open, endSample: heard }, this.#timeline.end);
    if (job === null) return null;
    this.recording?.write();
    const { endSample, ...rest } = job;
    return { type: 'work', epoch: this.epoch, ...rest, samples: this.#timeline.slice(job.startSample, endSample) };
  }

  /** What a whisper worker says of the last piece of work. */
  done(done: Done): void {
    this.#scheduler.done(done, this.#timeline.end);
    if (done.pass === 'tentative' && done.utterance === this.#utterance) this.#gate.trim(done.keepFromSample);
    this.#account();
  }

  /** Another whisper worker asks: what the last one had is given out again. */
  restart(): void {
    this.#scheduler.restart();
  }

  #take(samples: Float32Array, sampleIndex: number): void {
    this.#feed ??= { resampler: null, dueIndex: 0, pauses: null };
    const feed = this.#feed;
    if (this.#frames === 0) this.emit({ type: 'first-frame', epoch: this.epoch });
    this.#frames++;
    this.#count('framesReceived');
    const missing = sampleIndex - feed.dueIndex;
    if (missing > 0) {
      // Silence in their place keeps every later time true.
      this.#count('framesDropped', Math.ceil(missing / FRAME_SAMPLES));
      this.#keep(feed, new Float32Array(missing));
    }
    feed.dueIndex = sampleIndex + samples.length;
    this.#keep(feed, samples);
  }

  #keep(feed: Feed, samples: Float32Array): void {
    const ours = feed.resampler === null ? samples : feed.resampler.push(samples);
    this.#append(ours);
    const pausedAgo = feed.pauses?.push(ours.length, Date.now()) ?? null;
    if (pausedAgo !== null) this.#markGap(this.#timeline.end - pausedAgo);
  }

  #markGap(sampleIndex: number): void {
    this.recording?.mark('gap', sampleIndex);
    this.emit({ type: 'gap', epoch: this.epoch, sampleIndex });
  }

  /** The microphone's last samples are in; another one may follow. */
  #endFeed(): void {
    const rest = this.#feed?.resampler?.flush();
    if (rest !== undefined) this.#append(rest);
    this.#feed = null;
  }

  /** @param samples at our own rate. */
  #append(samples: Float32Array): void {
    const { epoch } = this;
    this.recording?.append(samples);
    this.#timeline.append(samples);
    this.#meter.add(samples);
    if (this.#meter.sampleCount >= LEVEL_EVERY_SAMPLES) {
      const sampleIndex = this.#timeline.end;
      this.emit({ type: 'level', epoch, ...this.#meter.take(), speaking: this.#speaking, sampleIndex });
    }
    const present = this.#signal.push(samples);
    if (present !== null) this.emit({ type: 'signal', epoch, present });
    this.#reportBacklog();
  }

  #apply(events: readonly GateEvent[]): void {
    const { epoch } = this;
    for (const event of events) {
      if (event.type === 'started') {
        const utterance = ++this.#utterance;
        this.#scheduler.started(utterance, event.startSample);
        this.emit({ type: 'utterance-started', epoch, utterance, startSample: event.startSample });
        continue;
      }
      const utterance = this.#utterance;
      const { speechEndSample, discarded, continuesFrom } = event;
      const endSample = Math.min(event.endSample, this.#timeline.end);
      if (discarded) this.#scheduler.discarded(utterance);
      else
        this.#scheduler.ended(utterance, {
          endSample,
          speechEndSample: Math.min(speechEndSample, endSample),
          continuesFrom,
        });
      if (!discarded) this.recording?.mark('utterance', endSample);
      this.#count('utterancesEnded');
      this.emit({ type: 'utterance-ended', epoch, utterance, endSample, discarded, continuesFrom });
    }
  }

  /** Ends the utterance that the end of capture has cut off, gives up audio nobody needs, and says what is left to do. */
  #settle(): void {
    if (this.#brokenOff && !this.waiting) this.#apply(this.#gate.flush(this.#timeline.end));
    this.#account();
  }

  #account(): void {
    const { end } = this.#timeline;
    const needed = this.#discarded
      ? end
      : (this.#scheduler.neededFromSample ?? Math.min(this.#gate.neededFromSample, end));
    this.#timeline.dropBefore(Math.min(needed, Math.max(0, this.#gate.position)));
    if (this.drained) this.recording?.close(true);
    const recognised = this.drained ? this.#frames : Math.floor((this.#frames * needed) / Math.max(1, end));
    if (recognised > this.#recognisedFrames) {
      this.#count('framesRecognised', recognised - this.#recognisedFrames);
      this.#recognisedFrames = recognised;
    }
    this.#reportBacklog();
  }

  get #brokenOff(): boolean {
    return this.#captured || this.#brokenOffAt === this.#timeline.end;
  }

  /** Only while the flag's counters are this session's. */
  #count(counter: Counter, by = 1): void {
    if (this.flag.epoch === this.epoch) this.flag.count(counter, by);
  }

  /** Speech that waits for its final pass, and audio that waits for the detector: it may all be speech. */
  get #pendingSamples(): number {
    if (this.#discarded) return 0;
    const { end } = this.#timeline;
    const heard = Math.min(this.#gate.position, end);
    // While capturing, the detector is always a part of a window behind.
    const unheard = end - heard - (this.#captured ? 0 : WINDOW_SAMPLES);
    return this.#scheduler.pendingSamples(heard) + Math.max(0, unheard);
  }

  #reportBacklog(): void {
    const pendingSamples = this.#pendingSamples;
    const change = Math.abs(pendingSamples - this.#reportedBacklog);
    if (change < BACKLOG_STEP_SAMPLES && (pendingSamples > 0 || change === 0)) return;
    this.#reportedBacklog = pendingSamples;
    this.emit({ type: 'backlog', epoch: this.epoch, pendingSamples });
  }
}

function filledUp(samples: Float32Array<ArrayBuffer>, length: number): Float32Array<ArrayBuffer> {
  if (samples.length === length) return samples;
  const filled = new Float32Array(length);
  filled.set(samples);
  return filled;
}
