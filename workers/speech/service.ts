import { describeError } from '../../src/platform/failure.ts';
import type { CaptureMessage } from '../../src/recognizer/capture-protocol.ts';
import type { Pull, RecordingPlace, SegmentMode, SpeechApi, SpeechEvent, Work } from '../../src/recognizer/protocol.ts';
import { RunFlag } from '../../src/recognizer/run-flag.ts';
import type { RecordingFiles } from './recording/recorder.ts';
import { SessionRecording } from './recording/session-recording.ts';
import { RemoteDetector } from './remote-detector.ts';
import { SpeechSession } from './session.ts';

/** The worklet's last frames may be on their way when the page says that its capture is over. */
const LAST_FRAMES_MS = 250;

/** A second of audio takes the detector milliseconds, on a machine that is busy with other things perhaps a second. */
const DETECTOR_TIMEOUT_MS = 30_000;

/**
 * The speech worker's face. Three things go on side by side and only meet in the session: frames come in, the detector hears them,
 * Whisper pulls. Each may lag behind without stopping the others.
 */
export class SpeechService implements SpeechApi {
  readonly #openFiles: (id: string) => Promise<RecordingFiles>;
  readonly #detectorTimeoutMs: number;
  #flag: RunFlag | null = null;
  #events: MessagePort | null = null;
  #detector: RemoteDetector | null = null;
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
   * @param openFiles gets the files of a recording; rejects where the browser keeps none.
   * @param detectorTimeoutMs a detector that takes longer to answer is taken for dead.
   */
  constructor(openFiles: (id: string) => Promise<RecordingFiles>, detectorTimeoutMs = DETECTOR_TIMEOUT_MS) {
    this.#openFiles = openFiles;
    this.#detectorTimeoutMs = detectorTimeoutMs;
  }

  init(flag: SharedArrayBuffer, events: MessagePort): void {
    this.#flag = new RunFlag(flag);
    this.#events = events;
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

  connectDetector(port: MessagePort): void {
    this.#detector?.close();
    this.#detector = new RemoteDetector(port, this.#detectorTimeoutMs, {
      ready: (loadMs) => {
        this.#emit({ type: 'gate-ready', loadMs });
        this.#advance();
      },
      failed: (failure) => this.#emit({ type: 'failed', failure }),
    });
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
    void this.#hear();
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
    const detector = this.#detector;
    if (this.#hearing || detector?.ready !== true) return;
    this.#hearing = true;
    try {
      while (this.#detector === detector && this.#session?.waiting === true) {
        await this.#session.hear(detector);
        this.#serve();
      }
    } catch (error) {
      // What it was asked about waits for another one; so does everything after it.
      if (this.#detector === detector) this.#giveUp(detector, describeError(error));
    } finally {
      this.#hearing = false;
    }
  }

  #giveUp(detector: RemoteDetector, detail: string): void {
    this.#detector = null;
    detector.close();
    this.#emit({ type: 'failed', failure: { name: 'worker-crashed', worker: 'detector', detail } });
  }

  #emit(event: SpeechEvent): void {
    this.#events?.postMessage(event);
  }
}
