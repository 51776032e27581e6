import { FRAME_SAMPLES, SAMPLE_RATE, samplesToSeconds, secondsToSamples } from '../../../src/audio/units.ts';
import { Scope } from '../../../src/platform/scope.ts';
import type { RecognizerClient } from '../../../src/recognizer/client.ts';
import type { CaptureMessage } from '../../../src/recognizer/capture-protocol.ts';
import type { ModelId } from '../../../src/recognizer/models.ts';
import type { SpeechEvent, WhisperEvent } from '../../../src/recognizer/protocol.ts';
import type { RunFlag } from '../../../src/recognizer/run-flag.ts';
import { LazyLibrary } from '../../../src/session/library-entrance.svelte.ts';
import { SessionRecord } from '../../../src/session/record.svelte.ts';
import { Replacements } from '../../../src/transcript/replacements.ts';
import type { SoakReport } from './protocol.ts';

/** Frames that may wait for their text: the two utterances that a person who never pauses for long leaves behind. */
const MAX_AHEAD = (30 * SAMPLE_RATE) / FRAME_SAMPLES;
const LOOK_EVERY_MS = 20;
/** A word that is said often, one that is not, two in a row, and what nobody says. */
const QUERIES = ['the', 'church', 'church bells', 'zebra crossing'];

/**
 * A live session of the app without its page: sound goes on disk, words into the transcript and the library. Stands in for the
 * capture worklet, with a clock that runs as fast as what it hands over is written down.
 */
export class Soak {
  readonly #flag: RunFlag;
  readonly #epoch: number;
  readonly #port: MessagePort;
  readonly #library: LazyLibrary;
  readonly #record: SessionRecord;
  /** Frames handed over. */
  #frames = 0;
  #recordedSamples = 0;

  constructor(flag: RunFlag, client: RecognizerClient, model: ModelId) {
    this.#flag = flag;
    this.#library = new LazyLibrary(
      new Scope(),
      () => ({ model, language: 'en', task: 'transcribe' }),
      () => true,
    );
    this.#record = new SessionRecord(this.#library, () => new Replacements([]));
    this.#record.begin();
    this.#epoch = flag.begin();
    flag.set();
    this.#port = client.open(this.#epoch, 'live', this.#record.place ?? undefined);
    this.#send({ type: 'open', epoch: this.#epoch, sampleRate: SAMPLE_RATE });
  }

  onSpeech(event: SpeechEvent): void {
    if (event.type === 'recorded') this.#recordedSamples = event.sampleCount;
    if (event.type === 'level' || event.type === 'backlog') this.#record.measure(event, true);
  }

  onWhisper(event: WhisperEvent): void {
    if (event.type === 'words') this.#record.write(event);
    if (event.type === 'pass-finished' && !event.abandoned) this.#record.time(event);
  }

  /**
   * Says the clip over and over for so long, in audio time, with silence in between.
   * @returns how things are when no more than the usual waits for its text.
   */
  async feed(clip: Float32Array, seconds: number, pauseSeconds: number): Promise<SoakReport> {
    const roundFrames = Math.floor((clip.length + secondsToSamples(pauseSeconds)) / FRAME_SAMPLES);
    const end = this.#frames + Math.floor(secondsToSamples(seconds) / FRAME_SAMPLES);
    while (this.#frames < end) {
      if (this.#frames - this.#flag.read('framesRecognised') > MAX_AHEAD) {
        await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
        continue;
      }
      const from = (this.#frames % roundFrames) * FRAME_SAMPLES;
      const samples = new Float32Array(FRAME_SAMPLES);
      samples.set(clip.subarray(from, from + FRAME_SAMPLES));
      this.#send({ type: 'frame', epoch: this.#epoch, sampleIndex: this.#frames * FRAME_SAMPLES, samples }, samples);
      this.#frames++;
    }
    return this.#report();
  }

  async #report(): Promise<SoakReport> {
    const library = await this.#library.open();
    await library.refresh();
    let searchMs = 0;
    for (const query of QUERIES) {
      const startMs = performance.now();
      await library.search(query);
      searchMs = Math.max(searchMs, performance.now() - startMs);
    }
    return {
      fedSeconds: samplesToSeconds(this.#frames * FRAME_SAMPLES),
      recordedSeconds: samplesToSeconds(this.#recordedSamples),
      words: this.#record.transcript.segments.reduce((sum, { committed }) => sum + committed.length, 0),
      searchMs,
    };
  }

  #send(message: CaptureMessage, samples?: Float32Array<ArrayBuffer>): void {
    this.#port.postMessage(message, samples === undefined ? [] : [samples.buffer]);
  }
}
