/**
 * What the threads say to each other. Types only; every message is a tagged union, every one names its session's epoch, and a
 * message of another epoch than the flag's is thrown away by whoever receives it. Times are sample indices at 16 kHz from the
 * session's start unless a name carries another unit.
 *
 *                                         detector.worker
 *                                          ToHear ▲ │ Heard
 *                                                 │ ▼
 *     capture.worklet ──CaptureMessage──▶ speech.worker ◀──Pull── whisper.worker
 *                                              │ └──────Work──────▶ │
 *                                         SpeechEvent          WhisperEvent
 *                                              └────▶ UI thread ◀───┘
 *
 * What the audio thread says stands in `capture-protocol.ts` (it has no blobs and no files, and types of its own), what is asked of
 * the voice detector in `detector-protocol.ts`.
 */
import type { Failure } from '../platform/failure.ts';
import type { Word } from '../transcript/word.ts';
import type { Plan } from './device/plan.ts';
import type { ModelId } from './models.ts';
import type { LanguageChoice, Language, Task } from './languages.ts';

// ── whisper worker ⇄ speech worker ───────────────────────────────────────────────────────────────────────────────────

/**
 * Whisper pulls: it asks for work when it has none, so nothing ever queues behind a pass that has been overtaken. The speech
 * worker keeps the audio of an utterance until a pull says its final pass is done; a new whisper worker (the last one crashed)
 * simply pulls and is given the same audio again.
 */
export interface Pull {
  readonly type: 'pull';
  /** What the last piece of work came to; `null` on the first pull of a worker. */
  readonly done: Done | null;
}

export interface Done {
  readonly epoch: number;
  readonly utterance: number;
  readonly pass: Pass;
  /** Audio before this sample is committed and not needed again. */
  readonly keepFromSample: number;
}

/** A tentative pass may be abandoned between two decoder steps; a final one is always finished. */
export type Pass = 'tentative' | 'final';

export type Work =
  | {
      readonly type: 'work';
      readonly epoch: number;
      readonly utterance: number;
      readonly pass: Pass;
      /** Sample index of `samples[0]`. */
      readonly startSample: number;
      /** Mono, 16 kHz, at most 30 s. The buffer is transferred. */
      readonly samples: Float32Array;
      /** Where in `samples` speech was last heard, as a sample index of the session: text past it is invented. */
      readonly speechEndSample: number;
      /**
       * Speech goes on behind `samples` (it outgrew 30 s without a pause): the next utterance hears the audio from here on, perhaps
       * once more. `null`: a pause follows, or nobody knows yet.
       */
      readonly continuesFrom: number | null;
      /**
       * Positions of 20 ms to encode beyond the audio, in place of what the model is tuned to: with few of them a device on trial
       * tells soon whether it is any good.
       */
      readonly margin?: number;
    }
  /** Everything captured in this session has been through a final pass. Sent once a session. */
  | { readonly type: 'drained'; readonly epoch: number };

// ── workers → UI thread ──────────────────────────────────────────────────────────────────────────────────────────────

export type SpeechEvent =
  /** The voice-activity detector is ready; audio that came before it waited. */
  | { readonly type: 'gate-ready'; readonly loadMs: number }
  | { readonly type: 'first-frame'; readonly epoch: number }
  /** About 15 a second. `peak` and `rms` are linear, 0 to 1, over the samples since the last one. */
  | {
      readonly type: 'level';
      readonly epoch: number;
      readonly peak: number;
      readonly rms: number;
      readonly speaking: boolean;
      readonly sampleIndex: number;
    }
  | {
      readonly type: 'utterance-started';
      readonly epoch: number;
      readonly utterance: number;
      readonly startSample: number;
    }
  /** `discarded`: too short to be speech, or nothing but noise; no text will come of it. */
  | {
      readonly type: 'utterance-ended';
      readonly epoch: number;
      readonly utterance: number;
      readonly endSample: number;
      readonly discarded: boolean;
      /** It was cut within speech: the next one hears the audio from here on. */
      readonly continuesFrom: number | null;
    }
  /** Digital silence for 5 s (F25), and its end. */
  | { readonly type: 'signal'; readonly epoch: number; readonly present: boolean }
  /** The end mark has been seen; `sampleCount` samples were captured in all. */
  | { readonly type: 'captured'; readonly epoch: number; readonly sampleCount: number }
  /** Capture broke off here and goes on, or not, with another microphone: what follows did not follow at once (F24, F26). */
  | { readonly type: 'gap'; readonly epoch: number; readonly sampleIndex: number }
  /** How much captured speech still waits for its final pass. Sent when it changes by 100 ms or more. */
  | { readonly type: 'backlog'; readonly epoch: number; readonly pendingSamples: number }
  | RecordingEvent
  | { readonly type: 'failed'; readonly failure: Failure };

/** What becomes of the sound of a session that is kept. `sampleCount`: of the whole recording. */
export type RecordingEvent =
  /** So much is kept, once a second. `place`: `memory` where the browser gives no files (F18); then it is gone with the page. */
  | {
      readonly type: 'recorded';
      readonly epoch: number;
      readonly sampleCount: number;
      readonly place: 'disk' | 'memory';
    }
  /** No more sound can be kept: there is no room (F32), or the disk failed. What was kept is whole, and recognition goes on. */
  | {
      readonly type: 'recording-stopped';
      readonly epoch: number;
      readonly reason: 'full' | 'failed';
      readonly sampleCount: number;
    }
  /** Nothing more will be written to it. `memory`: its files, where they are not on disk. */
  | {
      readonly type: 'recording-closed';
      readonly epoch: number;
      readonly id: string;
      readonly sampleCount: number;
      readonly memory: { readonly audio: Blob; readonly journal: Blob } | null;
    };

/** Where a session's sound is to be kept. */
export interface RecordingPlace {
  /** Of the recording; one that is there already is continued. */
  readonly id: string;
  /** Where in the recording the session begins: what is missing before it becomes silence. */
  readonly startSample: number;
}

export type WhisperEvent =
  /** The worker has begun, and holds this Web Lock until its end: a worker that the browser ends says nothing any more. */
  | { readonly type: 'alive'; readonly lock: string }
  /** Bytes of the files needed to run: verified so far, and in all. `waiting`: another tab downloads the same model (F15). */
  | {
      readonly type: 'download';
      readonly model: ModelId;
      readonly file: string;
      readonly loadedBytes: number;
      readonly totalBytes: number;
      readonly waiting: boolean;
    }
  /** All files are here; sessions are being made. */
  | { readonly type: 'preparing'; readonly model: ModelId }
  | {
      readonly type: 'ready';
      readonly model: ModelId;
      readonly device: Device;
      readonly threads: number;
      /** Whether the files will be here next time; false where the browser gives no storage (F18). */
      readonly kept: boolean;
      readonly loadMs: number;
    }
  | {
      readonly type: 'language';
      readonly epoch: number;
      readonly utterance: number;
      readonly language: Language;
      readonly probability: number;
    }
  /** A pass begins: `inference on n samples` of the session log. */
  | {
      readonly type: 'pass-started';
      readonly epoch: number;
      readonly utterance: number;
      readonly pass: Pass;
      readonly sampleCount: number;
    }
  /**
   * What is known of an utterance now. `committed` are the words new since the last event of the utterance and never change;
   * `tentative` replaces the last tentative words. After a `final` event nothing more comes for the utterance.
   *
   * `restatedFrom` comes with the first words that a worker commits of an utterance: it heard the audio from that sample on. If
   * another one had committed words of it before it ended, those from there on are said anew.
   */
  | {
      readonly type: 'words';
      readonly epoch: number;
      readonly utterance: number;
      readonly restatedFrom: number | null;
      readonly committed: readonly Word[];
      readonly tentative: readonly Word[];
      /** Of the text. */
      readonly language: Language;
      /** The language that was spoken, where the text is a translation. */
      readonly translatedFrom?: Language;
      readonly final: boolean;
    }
  | {
      readonly type: 'pass-finished';
      readonly epoch: number;
      readonly utterance: number;
      readonly pass: Pass;
      readonly abandoned: boolean;
      /** Where its audio ended. */
      readonly endSample: number;
      readonly timing: PassTiming;
    }
  /** Every word of the session has been sent. Once a session. */
  | { readonly type: 'drained'; readonly epoch: number }
  | { readonly type: 'failed'; readonly failure: Failure };

export interface PassTiming {
  readonly sampleCount: number;
  readonly melMs: number;
  readonly encoderMs: number;
  readonly decoderMs: number;
  readonly totalMs: number;
  readonly tokenCount: number;
  /** Times a guard made the pass decode again (higher temperature, full context). */
  readonly fallbacks: number;
}

export type Device = 'wasm' | 'webgpu';

/** What the page may set while running. A change takes effect where nothing of an utterance is committed yet. */
export interface RecognitionSettings {
  readonly language: LanguageChoice;
  /** Among which `auto` decides; empty: all. */
  readonly languages: readonly Language[];
  readonly task: Task;
  /** Names and terms as they are to be written, the most important first. */
  readonly terms: readonly string[];
}

// ── calls (comlink) ──────────────────────────────────────────────────────────────────────────────────────────────────

/** The speech worker's face. Calls settle fast: this worker waits for no model. */
export interface SpeechApi {
  /** Once, first. */
  init(flag: SharedArrayBuffer, events: MessagePort): void;
  /**
   * Opens the session `epoch`; its frames come on `capture`. The same epoch again: the session goes on with this port.
   * @param recording where its sound is kept, from the first call of an epoch on; without it, only until its text is final.
   */
  open(epoch: number, capture: MessagePort, mode: SegmentMode, recording?: RecordingPlace): void;
  /** Ends the session's capture when the worklet cannot (suspended, crashed). Harmless after its own end mark. */
  finish(epoch: number): void;
  /** Throws away what waits for recognition; the session counts as drained. */
  discard(epoch: number): void;
  /** Connects a whisper worker; a second call replaces the first one's port. */
  connect(whisper: MessagePort): void;
  /** The same for a detector worker. Audio that comes before it, or while there is none, waits for it. */
  connectDetector(detector: MessagePort): void;
}

/** `live`: short utterances, tentative passes. `file`: pieces up to 30 s merged at silences, final passes only. */
export type SegmentMode = 'live' | 'file';

export interface WhisperApi {
  init(flag: SharedArrayBuffer, events: MessagePort): void;
  /** Downloads what is missing, verifies, makes sessions. A failed load is forgotten: call again to retry. */
  load(model: ModelId, plan: Plan): void;
  /** Stops a download; what is verified is kept. */
  cancelLoad(): void;
  configure(settings: RecognitionSettings): void;
  connect(speech: MessagePort): void;
}
