import { SAMPLE_RATE } from '../../audio/units.ts';
import { readMedia } from '../../media/client.ts';
import type { MediaEvent } from '../../media/protocol.ts';
import type { Failure } from '../../platform/failure.ts';
import type { Scope } from '../../platform/scope.ts';
import type { RecognizerClient } from '../../recognizer/client.ts';
import type { SpeechEvent, WhisperEvent } from '../../recognizer/protocol.ts';
import type { RunFlag } from '../../recognizer/run-flag.ts';
import type { Segment } from '../../transcript/transcript.ts';
import type { Word } from '../../transcript/word.ts';

/** Times are sample indices from the file's start. */
export type RunEvent =
  | Extract<MediaEvent, { readonly type: 'opened' | 'measured' }>
  /** All before it is heard, and written if it was speech. */
  | { readonly type: 'progressed'; readonly sample: number }
  /** A piece is final. `segment`: `null` when there was nothing to write. The work may go on from `resumeSample`. */
  | { readonly type: 'written'; readonly segment: Segment | null; readonly resumeSample: number }
  | { readonly type: 'finished'; readonly endSample: number; readonly damaged: boolean }
  | { readonly type: 'failed'; readonly failure: Failure };

type UtteranceEnded = Extract<SpeechEvent, { readonly type: 'utterance-ended' }>;

interface RunOptions {
  readonly scope: Scope;
  readonly flag: RunFlag;
  readonly recognizer: RecognizerClient;
  readonly file: Blob;
  readonly fromSample: number;
  readonly onEvent: (event: RunEvent) => void;
}

/**
 * One file through the recogniser, from a sample on, as a session of its own. Stopping it is a promise about the work, not about
 * the words: what Whisper has under way when it stops may still be written, if nobody else takes the recogniser.
 */
export class FileRun {
  readonly #options: RunOptions;
  readonly #scope: Scope;
  readonly #epoch: number;
  /** How far the work has come with the utterances of this run, from its own start; until their words are final. */
  readonly #ends = new Map<number, Pick<UtteranceEnded, 'endSample' | 'continuesFrom'>>();
  #progressed = 0;
  /** The last words are here. */
  #drained = false;
  #reading: { readonly endSample: number; readonly damaged: boolean } | null = null;
  #stopped = false;

  constructor(options: RunOptions) {
    this.#options = options;
    this.#scope = options.scope.child();
    const { flag, recognizer, file, fromSample } = options;
    const epoch = flag.begin();
    this.#epoch = epoch;
    flag.set();
    const out = recognizer.open(epoch, 'file');
    readMedia(this.#scope, { file, fromSample, flag: flag.buffer, epoch, out }, (event) => this.#onMedia(event));
  }

  /** Ends it here: at once for the page, whatever the workers are doing. */
  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#scope.dispose();
    const { flag, recognizer } = this.#options;
    // Another session may have begun meanwhile: then the flag is its own.
    if (flag.epoch !== this.#epoch) return;
    flag.clear();
    recognizer.discard(this.#epoch);
  }

  onSpeech(event: SpeechEvent): void {
    if (event.type === 'failed') {
      // Without the detector audio waits; without its worker there is nothing to wait for.
      if (event.failure.name === 'worker-crashed' && event.failure.worker === 'speech') this.#fail(event.failure);
      return;
    }
    if (!('epoch' in event) || event.epoch !== this.#epoch) return;
    if (event.type === 'utterance-ended' && !event.discarded) this.#ends.set(event.utterance, event);
    if (event.type === 'backlog') this.#progress();
  }

  onWhisper(event: WhisperEvent): void {
    if (!('epoch' in event) || event.epoch !== this.#epoch) return;
    if (event.type === 'words' && event.final) this.#write(event);
    if (event.type === 'drained') {
      this.#drained = true;
      this.#finish();
    }
  }

  #onMedia(event: MediaEvent): void {
    if (this.#stopped) return;
    if (event.type === 'opened' || event.type === 'measured') this.#options.onEvent(event);
    else if (event.type === 'failed') this.#fail(event.failure);
    else if (event.type === 'ended') {
      this.#reading = { endSample: event.sampleIndex, damaged: event.damaged };
      this.#finish();
    }
  }

  #progress(): void {
    if (this.#stopped) return;
    // A block of the media worker is a second.
    const recognised = this.#options.flag.read('framesRecognised') * SAMPLE_RATE;
    if (recognised === this.#progressed) return;
    this.#progressed = recognised;
    this.#options.onEvent({ type: 'progressed', sample: this.#options.fromSample + recognised });
  }

  #write({ utterance, committed, language, translatedFrom }: Extract<WhisperEvent, { type: 'words' }>): void {
    const { fromSample, onEvent } = this.#options;
    const lastWordEnd = committed.at(-1)?.endSample ?? 0;
    const { endSample = lastWordEnd, continuesFrom = null } = this.#ends.get(utterance) ?? {};
    this.#ends.delete(utterance);
    // The last words before a cut are left to the next utterance.
    const end = continuesFrom === null ? endSample : Math.max(continuesFrom, lastWordEnd);
    const words = committed.map((word) => moved(word, fromSample));
    const [first] = words;
    const segment: Segment | null =
      first === undefined
        ? null
        : {
            id: `${fromSample}.${utterance}`,
            startSample: first.startSample,
            language,
            ...(translatedFrom && { translatedFrom }),
            committed: words,
            tentative: [],
            final: true,
          };
    onEvent({ type: 'written', segment, resumeSample: fromSample + end });
  }

  /** Both ends of the way say that they are done, on ports that do not wait for each other. */
  #finish(): void {
    if (this.#stopped || !this.#drained || this.#reading === null) return;
    const { endSample, damaged } = this.#reading;
    this.stop();
    this.#options.onEvent({ type: 'finished', endSample, damaged });
  }

  #fail(failure: Failure): void {
    if (this.#stopped) return;
    this.stop();
    this.#options.onEvent({ type: 'failed', failure });
  }
}

const moved = (word: Word, by: number): Word => ({
  ...word,
  startSample: word.startSample + by,
  endSample: word.endSample + by,
});
