import { describeError, failureOf, type Failure } from '../../src/platform/failure.ts';
import type { CaptureMessage } from '../../src/recognizer/capture-protocol.ts';
import type { Pull, RecordingPlace, SegmentMode, SpeechApi, SpeechEvent, Work } from '../../src/recognizer/protocol.ts';
import { RunFlag } from '../../src/recognizer/run-flag.ts';
import type { Detector } from './detector.ts';
import type { RecordingFiles } from './recording/recorder.ts';
import { SessionRecording } from './recording/session-recording.ts';
import { SpeechSession } from './session.ts';

/** Between tries to load the detector: an interrupted download goes on where it stopped, so trying is cheap. */
const RETRY_MS = [1_000, 2_000, 5_000, 10_000] as const;

/** The worklet's last frames may be on their way when the page says that its capture is over. */
const LAST_FRAMES_MS = 250;

/** How long the detector may catch up before messages get their turn. */
const TURN_MS = 12;

/**
 * The speech worker's face. Three things go on side by side and only meet in the session: frames come in, the detector hears them,
 * Whisper pulls. Each may lag behind without stopping the others.
 */
export class SpeechService implements SpeechApi {
  readonly #load: () => Promise<Detector>;
  readonly #openFiles: (id: string) => Promise<RecordingFiles>;
  #flag: RunFlag | null = null;
  #events: MessagePort | null = null;
  #detector: Detector | null = null;
  #session: SpeechSession | null = null;
  /** Until its mark has come. */
  #capture: MessagePort | null = null;
  /** The same session's next port. */
  #next: MessagePort | null = null;
  #whisper: MessagePort | null = null;
  /** Whisper has asked and was not answered yet. */
  #asked = false;
  /** Epoch of the last session whose `drained` was sent, until another pull shows that it has arrived. */
  #drained = { epoch: 0, received: true };
  #hearing = false;

  /**
   * @param load gets the detector, which may take minutes on a first visit and may fail: it is called again.
   * @param openFiles gets the files of a recording; rejects where the browser keeps none.
   */
  constructor(load: () => Promise<Detector>, openFiles: (id: string) => Promise<RecordingFiles>) {
    this.#load = load;
    this.#openFiles = openFiles;
  }

  init(flag: SharedArrayBuffer, events: MessagePort): void {
    this.#flag = new RunFlag(flag);
    this.#events = events;
    void this.#loadDetector();
  }

  open(epoch: number, capture: MessagePort, mode: SegmentMode, recording?: RecordingPlace): void {
    const flag = this.#flag;
    if (flag === null) throw new Error('init comes first');
    if (epoch !== flag.epoch) {
      capture.close();
      return;
    }
    if (this.#session?.epoch !== epoch) {
      this.#next = null;
      this.#hangUp();
      this.#session?.recording?.close(false);
      const kept = recording === undefined ? null : this.#record(epoch, recording);
      this.#session = new SpeechSession(epoch, mode, flag, (event) => this.#emit(event), kept);
    }
    const session = this.#session;
    if (this.#capture === null) {
      this.#listen(session, capture);
      return;
    }
    // The last frames of the port before may still be on their way: the new one's wait behind them.
    this.#next = capture;
    setTimeout(() => {
      if (this.#next !== capture) return;
      session.accept({ type: 'close', epoch, sampleIndex: 0 });
      this.#hangUp();
    }, LAST_FRAMES_MS);
  }

  finish(epoch: number): void {
    const session = this.#session;
    if (session?.epoch !== epoch) return;
    setTimeout(() => {
      session.finish();
      this.#advance();
    }, LAST_FRAMES_MS);
  }

  discard(epoch: number): void {
    if (this.#session?.epoch !== epoch) return;
    this.#session.discard();
    this.#advance();
  }

  connect(whisper: MessagePort): void {
    this.#whisper?.close();
    this.#whisper = whisper;
    this.#asked = false;
    if (!this.#drained.received) this.#drained = { epoch: 0, received: true };
    this.#session?.restart();
    whisper.onmessage = ({ data }: MessageEvent<Pull>) => this.#answer(data);
  }

  #record(epoch: number, place: RecordingPlace): SessionRecording {
    return new SessionRecording(epoch, place, this.#openFiles, {
      emit: (event) => this.#emit(event),
      opened: () => this.#advance(),
    });
  }

  #answer({ done }: Pull): void {
    this.#asked = true;
    this.#drained.received = true;
    if (done !== null && done.epoch === this.#session?.epoch) this.#session.done(done);
    this.#advance();
  }

  #listen(session: SpeechSession, port: MessagePort): void {
    this.#capture = port;
    port.onmessage = ({ data }: MessageEvent<CaptureMessage>) => {
      session.accept(data);
      if (data.type === 'end' || data.type === 'close') this.#hangUp();
      this.#advance();
    };
  }

  /** Nothing more comes on the capture port: the one that waits has its turn. */
  #hangUp(): void {
    this.#capture?.close();
    this.#capture = null;
    const next = this.#next;
    this.#next = null;
    if (next !== null && this.#session !== null) this.#listen(this.#session, next);
  }

  #advance(): void {
    this.#serve();
    if (!this.#hearing) void this.#hear();
  }

  /** Answers Whisper when it has asked and there is something to do. */
  #serve(): void {
    const session = this.#session;
    if (!this.#asked || session === null) return;
    const work = session.take();
    if (work !== null) {
      this.#send(work, [work.samples.buffer as ArrayBuffer]);
    } else if (session.drained && this.#drained.epoch !== session.epoch) {
      this.#drained = { epoch: session.epoch, received: false };
      this.#send({ type: 'drained', epoch: session.epoch });
    }
  }

  #send(work: Work, transfer: Transferable[] = []): void {
    this.#asked = false;
    this.#whisper?.postMessage(work, transfer);
  }

  /** Lets the detector hear all that waits. Only one of these runs at a time. */
  async #hear(): Promise<void> {
    this.#hearing = true;
    let turnEnds = performance.now() + TURN_MS;
    try {
      while (this.#detector !== null && this.#session?.waiting === true) {
        await this.#session.hear(this.#detector);
        this.#serve();
        if (performance.now() < turnEnds) continue;
        await nextTurn();
        turnEnds = performance.now() + TURN_MS;
      }
    } catch (error) {
      // The window was not judged and waits; so does everything after it.
      this.#detector = null;
      this.#emit({ type: 'failed', failure: { name: 'engine-failed', detail: describeError(error) } });
      void this.#loadDetector();
    } finally {
      this.#hearing = false;
    }
  }

  /** Audio waits until this has worked, however long that takes. A failure is told when it is not the one told before. */
  async #loadDetector(): Promise<void> {
    const startedMs = performance.now();
    let told: Failure['name'] | null = null;
    for (let attempt = 0; this.#detector === null; attempt++) {
      try {
        this.#detector = await this.#load();
      } catch (error) {
        const failure = failureOf(error) ?? { name: 'engine-failed', detail: describeError(error) };
        if (failure.name !== told) this.#emit({ type: 'failed', failure });
        told = failure.name;
        await pause(RETRY_MS[Math.min(attempt, RETRY_MS.length - 1)] ?? 0);
      }
    }
    this.#emit({ type: 'gate-ready', loadMs: performance.now() - startedMs });
    this.#advance();
  }

  #emit(event: SpeechEvent): void {
    this.#events?.postMessage(event);
  }
}

/** Lives as long as the worker. */
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const turns = new MessageChannel();

/** After the messages that wait now. (A timer of zero would take 4 ms, and the engine's promises let no message in.) */
const nextTurn = (): Promise<void> =>
  new Promise((resolve) => {
    turns.port1.onmessage = () => resolve();
    turns.port2.postMessage(null);
  });
