import { SAMPLE_RATE, samplesToSeconds } from '../../../src/audio/units.ts';
import { openCapture } from '../../../src/capture/capture.ts';
import { Scope } from '../../../src/platform/scope.ts';
import type { Failure } from '../../../src/platform/failure.ts';
import { RecognizerClient } from '../../../src/recognizer/client.ts';
import type { ModelId } from '../../../src/recognizer/models.ts';
import type { CaptureMessage } from '../../../src/recognizer/capture-protocol.ts';
import type { PassTiming, RecognitionSettings, SpeechEvent, WhisperEvent } from '../../../src/recognizer/protocol.ts';
import { RunFlag } from '../../../src/recognizer/run-flag.ts';
import { FileRun } from '../../../src/session/files/run.ts';
import { committedText, type Segment } from '../../../src/transcript/transcript.ts';
import { onsetMs } from './onset.ts';
import { openPlayer } from './player.ts';
import type { ClipRequest, ClipRun, Engine, Prepared, SoakReport } from './protocol.ts';
import { SessionRecord, timedWords } from './record.ts';
import { Soak } from './soak.ts';

/** From Start to the first word: nobody speaks the moment they press it. */
const BEFORE_MS = 300;
/** What a device still holds when a clip has ended; Stop comes after it. */
const DEVICE_LATENCY_MS = 100;

type Run = Omit<ClipRun, 'durationSeconds'>;

/** The app's recogniser, driven as the app's session drives it. */
export class OurEngine implements Engine {
  readonly #flag = new RunFlag();
  readonly #scope = new Scope();
  #client: RecognizerClient | null = null;
  #gateReady = false;
  #model: ModelId | null = null;
  #soak: Soak | null = null;
  #onSpeech: (event: SpeechEvent) => void = () => undefined;
  #onWhisper: (event: WhisperEvent) => void = () => undefined;

  /** Both the model and the detector: what a session does while either loads is not what is measured. */
  prepare(model: ModelId): Promise<Prepared> {
    return new Promise((resolve, reject) => {
      let prepared: Prepared | null = null;
      const settle = (): void => {
        if (prepared !== null && this.#gateReady) resolve(prepared);
      };
      this.#onSpeech = (event) => {
        if (event.type === 'failed') reject(new Error(failureText(event.failure)));
        settle();
      };
      this.#onWhisper = (event) => {
        if (event.type === 'failed') reject(new Error(failureText(event.failure)));
        if (event.type === 'ready') prepared = { device: event.device, threads: event.threads, loadMs: event.loadMs };
        settle();
      };
      this.#model = model;
      this.#client ??= this.#connect();
      this.#client.load(model);
    });
  }

  #connect(): RecognizerClient {
    return new RecognizerClient(
      this.#scope,
      this.#flag,
      { language: 'auto', languages: [], task: 'transcribe', terms: [] },
      {
        speech: (event) => {
          if (event.type === 'gate-ready') this.#gateReady = true;
          this.#onSpeech(event);
        },
        whisper: (event) => this.#onWhisper(event),
        restarted: (failure) => console.error(`the recogniser was started again: ${failureText(failure)}`),
      },
    );
  }

  run(audio: Float32Array<ArrayBuffer>, clip: ClipRequest): Promise<Run> {
    if (this.#client === null) throw new Error('run before prepare');
    this.#client.configure(settingsFor(clip));
    return clip.mode === 'live' ? this.#live(this.#client, audio) : this.#file(this.#client, audio);
  }

  /** Goes on with the session that the first call begins. */
  async soak(audio: Float32Array, clip: ClipRequest, seconds: number, pauseSeconds: number): Promise<SoakReport> {
    if (this.#client === null || this.#model === null) throw new Error('soak before prepare');
    if (this.#soak === null) {
      this.#client.configure(settingsFor(clip));
      const soak = new Soak(this.#flag, this.#client, this.#model);
      this.#onSpeech = (event) => soak.onSpeech(event);
      this.#onWhisper = (event) => soak.onWhisper(event);
      this.#soak = soak;
    }
    return this.#soak.feed(audio, seconds, pauseSeconds);
  }

  /** The file itself, through the very code that reads the app's files. */
  async read(file: Blob, clip: ClipRequest): Promise<ClipRun> {
    const client = this.#client;
    if (client === null) throw new Error('read before prepare');
    client.configure(settingsFor(clip));
    const segments: Segment[] = [];
    const passes: PassTiming[] = [];
    const startMs = performance.now();
    const endSample = await new Promise<number>((resolve, reject) => {
      const run = new FileRun({
        scope: this.#scope,
        flag: this.#flag,
        recognizer: client,
        file,
        fromSample: 0,
        onEvent: (event) => {
          if (event.type === 'written' && event.segment !== null) segments.push(event.segment);
          if (event.type === 'finished') resolve(event.endSample);
          if (event.type === 'failed') reject(new Error(failureText(event.failure)));
        },
      });
      this.#onSpeech = (event) => run.onSpeech(event);
      this.#onWhisper = (event) => {
        if (event.type === 'pass-finished') passes.push(event.timing);
        run.onWhisper(event);
      };
    });
    return {
      text: segments.map(committedText).join(' '),
      durationSeconds: samplesToSeconds(endSample),
      processingMs: performance.now() - startMs,
      firstTentativeMs: null,
      commitLagMs: null,
      finalMs: null,
      passes,
      words: timedWords(segments),
    };
  }

  /** All at once, through the speech worker, on the port where a capture's frames would come. */
  async #file(client: RecognizerClient, audio: Float32Array): Promise<Run> {
    const epoch = this.#flag.begin();
    const drained = this.#record(epoch);
    this.#flag.set();
    const port = client.open(epoch, 'file');
    const startMs = performance.now();
    const send = (message: CaptureMessage, transfer: Transferable[] = []): void => port.postMessage(message, transfer);
    send({ type: 'open', epoch, sampleRate: SAMPLE_RATE });
    for (let sampleIndex = 0; sampleIndex < audio.length; sampleIndex += SAMPLE_RATE) {
      const samples = audio.slice(sampleIndex, sampleIndex + SAMPLE_RATE);
      send({ type: 'frame', epoch, sampleIndex, samples }, [samples.buffer]);
    }
    send({ type: 'end', epoch, sampleIndex: audio.length });
    const record = await drained;
    this.#flag.clear();
    return {
      text: record.text,
      processingMs: record.drainedMs - startMs,
      firstTentativeMs: null,
      commitLagMs: null,
      finalMs: null,
      passes: record.passes,
      words: record.words,
    };
  }

  /** Start, the clip at real time through the worklet, Stop at its end. */
  async #live(client: RecognizerClient, audio: Float32Array<ArrayBuffer>): Promise<Run> {
    const player = await openPlayer(audio);
    try {
      const epoch = this.#flag.begin();
      const drained = this.#record(epoch);
      this.#flag.set();
      let fail: (error: Error) => void = () => undefined;
      const broken = new Promise<never>((_, reject) => (fail = reject));
      broken.catch(() => undefined);
      const capture = await openCapture({
        flag: this.#flag,
        epoch,
        source: { stream: player.stream },
        port: client.open(epoch, 'live'),
        onEvent: (event) => fail(new Error(`capture: ${event.type}`)),
      });
      if (capture === null) throw new Error('the capture did not open');
      await elapsed(BEFORE_MS);
      const { startMs, endMs } = await Promise.race([player.play(), broken]);
      await elapsed(DEVICE_LATENCY_MS);
      this.#flag.clear();
      await capture.stop();
      client.finish(epoch);
      const record = await drained;
      const onset = onsetMs(audio);
      return {
        text: record.text,
        processingMs: record.passes.reduce((total, { totalMs }) => total + totalMs, 0),
        firstTentativeMs: record.firstWordMs === null || onset === null ? null : record.firstWordMs - startMs - onset,
        commitLagMs: record.commitLagMs,
        finalMs: record.drainedMs - endMs,
        passes: record.passes,
        words: record.words,
      };
    } finally {
      this.#flag.clear();
      await player.close();
    }
  }

  /** Keeps what is said of the session. @returns when its last words are there. */
  #record(epoch: number): Promise<SessionRecord> {
    const record = new SessionRecord(epoch);
    return new Promise((resolve, reject) => {
      this.#onSpeech = (event) => {
        if (event.type === 'failed') reject(new Error(failureText(event.failure)));
        else record.speech(event);
      };
      this.#onWhisper = (event) => {
        if (event.type === 'failed') reject(new Error(failureText(event.failure)));
        else record.whisper(event);
        if (event.type === 'drained' && event.epoch === epoch) resolve(record);
      };
    });
  }
}

const settingsFor = ({ language, terms = [] }: ClipRequest): RecognitionSettings => ({
  language,
  languages: [],
  task: 'transcribe',
  terms,
});

/** `codec-unsupported (Dolby Digital (AC-3))` */
function failureText({ name, ...rest }: Failure): string {
  const details = Object.values(rest).join(', ');
  return details === '' ? name : `${name} (${details})`;
}

const elapsed = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
