import type { Done, Pull, RecognitionSettings, WhisperApi, WhisperEvent, Work } from '../../src/recognizer/protocol.ts';
import type { Plan } from '../../src/recognizer/device/plan.ts';
import type { ModelId } from '../../src/recognizer/models.ts';
import { RunFlag } from '../../src/recognizer/run-flag.ts';
import { describeError, failureOf, type Failure } from '../../src/platform/failure.ts';
import type { Word } from '../../src/transcript/word.ts';
import type { Loaded, loadRecognizer } from './load.ts';
import { Glossary } from './glossary.ts';
import { Utterance, type Previous } from './utterance.ts';
import type { TokenWord } from './words.ts';

type SpeechWork = Extract<Work, { type: 'work' }>;

interface Current {
  readonly epoch: number;
  readonly index: number;
  readonly settings: RecognitionSettings;
  readonly previous: Previous | null;
  readonly decoder: Utterance;
}

/**
 * The whisper worker's life: load a model, pull work, answer with words. One pull is out at a time and one pass runs at a time;
 * between two decoder steps the pass asks the run flag whether it is still wanted.
 */
export class WhisperService implements WhisperApi {
  readonly #loadRecognizer: typeof loadRecognizer;
  readonly #life: Promise<string>;
  #flag: RunFlag | null = null;
  #events: MessagePort | null = null;
  #speech: MessagePort | null = null;
  #settings: RecognitionSettings = { language: 'auto', languages: [], task: 'transcribe', terms: [] };
  /** The settings' terms in the tokens of the model; `null` until they are needed, and without any. */
  #glossary: Glossary | null = null;
  #loaded: Loaded | null = null;
  #loading: AbortController | null = null;
  #pulled = false;
  #pass: Promise<void> = Promise.resolve();
  #utterance: Current | null = null;

  /**
   * @param load gets a model, which may take minutes and may fail: the page then asks again.
   * @param life the lock by whose end the page learns of this worker's.
   */
  constructor(load: typeof loadRecognizer, life: Promise<string>) {
    this.#loadRecognizer = load;
    this.#life = life;
  }

  init(flag: SharedArrayBuffer, events: MessagePort): void {
    this.#flag = new RunFlag(flag);
    this.#events = events;
    void this.#life.then((lock) => this.#emit({ type: 'alive', lock }));
  }

  configure(settings: RecognitionSettings): void {
    this.#settings = settings;
    this.#glossary = null;
  }

  connect(speech: MessagePort): void {
    this.#speech?.close();
    this.#speech = speech;
    this.#pulled = false;
    speech.onmessage = ({ data }: MessageEvent<Work>) => {
      this.#pulled = false;
      this.#pass = this.#pass.then(() => this.#take(speech, data));
    };
    this.#pull(null);
  }

  cancelLoad(): void {
    this.#loading?.abort();
  }

  load(model: ModelId, plan: Plan): void {
    this.#loading?.abort();
    const loading = new AbortController();
    this.#loading = loading;
    void this.#load(model, plan, loading).catch((error: unknown) => {
      if (!loading.signal.aborted) this.#emit({ type: 'failed', failure: loadFailure(error, model) });
    });
  }

  async #load(model: ModelId, plan: Plan, loading: AbortController): Promise<void> {
    const startedAt = performance.now();
    // Only one model fits: the pass under way is finished with the old one.
    await this.#pass;
    const old = this.#loaded;
    this.#loaded = null;
    this.#utterance = null;
    await old?.release();
    const loaded = await this.#loadRecognizer(
      model,
      plan,
      loading.signal,
      (progress) => this.#emit({ type: 'download', model, ...progress }),
      () => this.#emit({ type: 'preparing', model }),
    );
    if (loading.signal.aborted) return loaded.release();
    this.#loaded = loaded;
    this.#glossary = null;
    this.#emit({
      type: 'ready',
      model,
      device: loaded.plan.device,
      threads: loaded.plan.device === 'wasm' ? loaded.plan.threads : 1,
      kept: loaded.kept,
      loadMs: performance.now() - startedAt,
    });
    this.#pull(null);
    void loaded.lost?.then((detail) => this.#emit({ type: 'failed', failure: { name: 'engine-failed', detail } }));
  }

  /** Asks for work, unless that has been done, or nothing could be done with it. */
  #pull(done: Done | null): void {
    if (this.#pulled || this.#loaded === null || this.#speech === null) return;
    this.#pulled = true;
    this.#speech.postMessage({ type: 'pull', done } satisfies Pull);
  }

  async #take(speech: MessagePort, work: Work): Promise<void> {
    if (work.type === 'drained') {
      this.#emit({ type: 'drained', epoch: work.epoch });
      this.#pull(null);
      return;
    }
    try {
      const done = await this.#run(work);
      if (this.#speech === speech) this.#pull(done);
    } catch (error) {
      // After one failed run every later one fails too: whoever listens ends this worker and starts another.
      this.#emit({ type: 'failed', failure: engineFailure(error) });
    }
  }

  async #run(work: SpeechWork): Promise<Done | null> {
    const { epoch, utterance, pass } = work;
    // A model is being changed: the same work is pulled again with the new one.
    if (this.#loaded === null) return null;
    const { decoder, settings } = this.#currentFor(work);
    const startedAt = performance.now();
    this.#emit({ type: 'pass-started', epoch, utterance, pass, sampleCount: work.samples.length });
    const { committed, tentative, restatedFrom, keepFromSample, transcription } = await decoder.pass(work, () =>
      this.#overtaken(work),
    );
    const { language, languageProbability: probability } = transcription;
    if (settings.language === 'auto' && !transcription.abandoned) {
      this.#emit({ type: 'language', epoch, utterance, language, probability });
    }
    if (!transcription.abandoned) {
      const translated = settings.task === 'translate' && language !== 'en';
      this.#emit({
        type: 'words',
        epoch,
        utterance,
        restatedFrom,
        committed: committed.map(asWord),
        tentative: tentative.map(asWord),
        language: translated ? 'en' : language,
        ...(translated && { translatedFrom: language }),
        final: pass === 'final',
      });
    }
    const { melMs, encoderMs, decoderMs, tokenCount, fallbacks, abandoned } = transcription;
    const totalMs = performance.now() - startedAt;
    const timing = { sampleCount: work.samples.length, melMs, encoderMs, decoderMs, totalMs, tokenCount, fallbacks };
    const endSample = work.startSample + work.samples.length;
    this.#emit({ type: 'pass-finished', epoch, utterance, pass, abandoned, endSample, timing });
    return { epoch, utterance, pass, keepFromSample };
  }

  /** The utterance that the work is about; begun anew with other settings as long as none of its words stands. */
  #currentFor({ epoch, utterance: index }: SpeechWork): Current {
    const last = this.#utterance;
    const same = last?.epoch === epoch && last.index === index;
    if (same && (last.settings === this.#settings || last.decoder.begun)) return last;
    const previous = same ? last.previous : this.#memoryFor(epoch);
    const { recognizer } = this.#loaded!;
    const settings = this.#settings;
    if (settings.terms.length > 0) this.#glossary ??= new Glossary(recognizer.vocabulary, settings.terms);
    const decoder = new Utterance(recognizer, settings, previous, this.#glossary);
    return (this.#utterance = { epoch, index, settings, previous, decoder });
  }

  /** What an utterance that begins may know of the last one: of another session, or another task, the language alone. */
  #memoryFor(epoch: number): Previous | null {
    const last = this.#utterance;
    if (last === null) return null;
    const { memory } = last.decoder;
    const related = last.epoch === epoch && last.settings.task === this.#settings.task;
    return related ? memory : { ...memory, text: [], shared: [] };
  }

  /**
   * A tentative pass is overtaken by Stop and by the end of its utterance (they are numbered from 1); a final one only by another
   * session, which begins when the last one has given up what was left.
   */
  #overtaken({ pass, epoch, utterance }: SpeechWork): boolean {
    const flag = this.#flag;
    if (flag === null) return false;
    if (pass === 'final') return flag.epoch !== epoch;
    return flag.hasEnded(epoch) || flag.read('utterancesEnded') >= utterance;
  }

  #emit(event: WhisperEvent): void {
    this.#events?.postMessage(event);
  }
}

function asWord({ text, startSample, endSample, probability }: TokenWord): Word {
  return { text, startSample, endSample, probability };
}

function loadFailure(error: unknown, model: ModelId): Failure {
  return failureOf(error) ?? (isOutOfMemory(error) ? { name: 'out-of-memory', model } : engineFailure(error));
}

function engineFailure(error: unknown): Failure {
  return { name: 'engine-failed', detail: describeError(error) };
}

/** Browsers and the engine have no one error for it. */
function isOutOfMemory(error: unknown): boolean {
  return /out of memory|(could not|cannot|failed to) allocate|bad_alloc|allocation failed|memory access out of bounds|\bOOM\b/i.test(
    describeError(error),
  );
}
