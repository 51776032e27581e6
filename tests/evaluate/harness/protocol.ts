/** What the measuring programs (node) ask of the harness page, and what comes back. Types only; all of it is cloneable. */
import type { LanguageChoice } from '../../../src/recognizer/languages.ts';
import type { ModelId } from '../../../src/recognizer/models.ts';
import type { Device, PassTiming } from '../../../src/recognizer/protocol.ts';
import type { TimedWord } from '../score/word-times.ts';

/** `ours`: the app's own modules and workers. `stock`: the unchanged transformers.js pipeline. */
export type EngineName = 'ours' | 'stock';

/**
 * `live`: at real time, as from a microphone. `simulated`: the same on a virtual clock, in node. `file`: all samples at once, the recogniser alone. `media`: the file itself, as the
 * app opens it, demuxed, decoded and recognised as a stream.
 */
export type Mode = 'live' | 'simulated' | 'file' | 'media';

export interface Prepared {
  readonly device: Device;
  readonly threads: number;
  readonly loadMs: number;
}

export interface ClipRequest {
  /** On the harness's own origin. */
  readonly url: string;
  readonly language: LanguageChoice;
  readonly mode: Mode;
  /** Names and terms that the recogniser is told of. */
  readonly terms?: readonly string[];
}

/** One clip heard once. `null` where a figure does not apply. */
export interface ClipRun {
  readonly text: string;
  readonly durationSeconds: number;
  /** Time the recogniser worked on it: in `file` mode from the first sample given to the last word had. */
  readonly processingMs: number;
  /** From the onset of sound in the clip to the first word shown. `live` only. */
  readonly firstTentativeMs: number | null;
  /** For each word, from its end in the audio to its commit. `live` only. */
  readonly commitLagMs: readonly number[] | null;
  /** From the end of the clip to `stopped`. `live` only. */
  readonly finalMs: number | null;
  /** What each pass took; the stock pipeline's call is one. */
  readonly passes: readonly PassTiming[] | null;
  /** What was heard when. `ours` only. */
  readonly words: readonly TimedWord[] | null;
}

/** A file that was read and not written down. */
export interface Reading {
  readonly durationSeconds: number;
  readonly readingMs: number;
}

/** The page's face, as `globalThis.harness`. */
export interface Harness {
  /** Loads a model once; a second call for the same engine and model does nothing. `threads` is for `stock`: ours chooses. */
  prepare(engine: EngineName, model: ModelId, threads: number): Promise<Prepared>;
  run(engine: EngineName, clip: ClipRequest): Promise<ClipRun>;
  /** Ours alone, and of it what reads files. */
  read(url: string): Promise<Reading>;
  /** Ours alone, loaded before: says a clip over and over in one live session, as fast as it is written down. */
  soak(clip: ClipRequest, seconds: number, pauseSeconds: number): Promise<SoakReport>;
}

/** How far a long session is. */
export interface SoakReport {
  readonly fedSeconds: number;
  /** On disk. */
  readonly recordedSeconds: number;
  /** Final ones. */
  readonly words: number;
  /** The slowest of some searches in all that was said. */
  readonly searchMs: number;
}

/** One engine inside the page. */
export interface Engine {
  prepare(model: ModelId, threads: number): Promise<Prepared>;
  run(audio: Float32Array<ArrayBuffer>, clip: ClipRequest): Promise<Omit<ClipRun, 'durationSeconds'>>;
  /** For `media`. @throws Error naming the failure, for a file that cannot be read. */
  read?(file: Blob, clip: ClipRequest): Promise<ClipRun>;
}

declare global {
  var harness: Harness;
}
