/** What the view draws and may call. Types only; `*.svelte.ts` beside this file own the values. */
import type { Again } from '../library/file-library.ts';
import type { Failure } from '../platform/failure.ts';
import type { OpenedFile } from '../platform/opened-files.ts';
import type { LanguageChoice, Language, Task } from '../recognizer/languages.ts';
import type { DeviceWish } from '../recognizer/device/plan.ts';
import type { Verdict } from '../recognizer/device/verdict.ts';
import type { ModelId } from '../recognizer/models.ts';
import type { Device } from '../recognizer/protocol.ts';
import type { Replacement } from '../transcript/replacements.ts';
import type { Transcript } from '../transcript/transcript.ts';
import type { LibraryEntrance } from './library-state.ts';
import type { RecoveryEntrance } from './recovery/recovery-state.ts';

/** idle → starting → listening → draining → stopped → starting …; any → failed. */
export type Phase = 'idle' | 'starting' | 'listening' | 'draining' | 'stopped' | 'failed';

/** What a person is told while it lasts: a failure, or a condition that is nobody's failure. */
export type Notice =
  | { readonly type: 'failure'; readonly failure: Failure }
  /** Digital silence for 5 s (F25). */
  | { readonly type: 'no-signal' }
  /** The browser suspended the audio (F26); `resume()` in one tap. */
  | { readonly type: 'audio-suspended' }
  /** The chosen microphone is gone; the default one listens (F23). */
  | { readonly type: 'microphone-replaced'; readonly wanted: string; readonly used: string }
  /** The microphone went away in mid-session (F24): what was said is safe, another one can be chosen. */
  | { readonly type: 'microphone-lost' }
  /** Said before the model was there; it will be transcribed as soon as it is (F21). */
  | { readonly type: 'waiting-for-model' }
  /** The GPU failed; the processor goes on with the same audio (F19). */
  | { readonly type: 'gpu-lost' }
  /** The browser gives no durable storage (F18). */
  | { readonly type: 'memory-only' }
  /** No more sound can be kept (F32); what was said until then can be played, and what is said is still written. */
  | { readonly type: 'recording-stopped'; readonly reason: 'full' | 'failed'; readonly sampleCount: number };

/** One line of the session log. `atMs` counts from the session's Start. Never translated: it is a technical record. */
export interface LogEntry {
  readonly atMs: number;
  /** `started`, `model loading n %`, `first frame`, `frame counts`, `inference on n samples`, `result`, `stop requested`, … */
  readonly text: string;
}

export interface Level {
  /** Linear, 0 to 1. */
  readonly peak: number;
  readonly rms: number;
  readonly speaking: boolean;
}

export interface SessionState {
  readonly phase: Phase;
  /** Nothing is captured, and no words are to come. */
  readonly atRest: boolean;
  readonly transcript: Transcript;
  /** Audio captured in this session. */
  readonly elapsedMs: number;
  readonly level: Level;
  /** Age of the oldest speech that no pass has read yet: how far the text is behind the voice. */
  readonly lagMs: number;
  /** Captured speech that has not been through a final pass. */
  readonly pendingMs: number;
  /** While draining: 0 to 1, and the time it will take, `null` until known. */
  readonly drain: { readonly fraction: number; readonly secondsLeft: number | null } | null;
  readonly notices: readonly Notice[];
  readonly log: readonly LogEntry[];
  readonly canUndoClear: boolean;
  /** Language found in the last utterance when the choice is `auto`. */
  readonly detectedLanguage: Language | null;
  start(): Promise<void>;
  /** Idempotent. The last words are still to come: phase `draining`, then `stopped`. */
  stop(): void;
  /** Gives up what still waits for recognition (a Cancel for a long drain). */
  abandon(): void;
  /** Resumes suspended audio (F26), or opens the chosen microphone again after it was lost (F24). */
  resume(): Promise<void>;
  clear(): void;
  undoClear(): void;
  dismiss(notice: Notice): void;
  /** Plain text for a report: log, counters, device, threads, model, real-time factor, lag. No speech, no transcript. */
  diagnostics(): string;
}

export type ModelPhase =
  | { readonly phase: 'absent' }
  /** The browser asks to save data: nothing is downloaded until the person says so. */
  | { readonly phase: 'asking'; readonly totalBytes: number }
  | {
      readonly phase: 'downloading';
      readonly file: string;
      readonly loadedBytes: number;
      readonly totalBytes: number;
      readonly secondsLeft: number | null;
      /** Another tab does it (F15). */
      readonly waiting: boolean;
    }
  | { readonly phase: 'preparing' }
  | { readonly phase: 'ready'; readonly device: Device; readonly threads: number }
  | { readonly phase: 'failed'; readonly failure: Failure };

export interface ModelState {
  readonly current: ModelPhase;
  /** Models in this build, with the bytes a first download takes. */
  readonly choices: readonly { readonly id: ModelId; readonly bytes: number }[];
  /** Starts or retries the download of the chosen model. */
  load(): void;
  cancel(): void;
}

export interface DeviceState {
  /** As the browser names it; `null` where there is none for us, or none has been asked for yet. */
  readonly gpu: string | null;
  /** `null` until this device has been measured with the chosen model. */
  readonly verdict: Verdict | null;
  readonly measuring: boolean;
  /** Measures anew, when nothing else is being done. */
  measure(): void;
}

export interface MicrophoneState {
  /** Empty labels (no permission yet) are given as `null`. */
  readonly devices: readonly { readonly id: string; readonly label: string | null }[];
  refresh(): Promise<void>;
}

/** Kept in this browser; every field is written as soon as it is set. */
export interface SettingsState {
  language: LanguageChoice;
  /** Languages that were chosen, the last one first. */
  readonly recentLanguages: readonly Language[];
  task: Task;
  model: ModelId;
  /** What the model runs on, if it can. */
  device: DeviceWish;
  /** `null`: the system's default. Found again by label when the browser changes its ids. */
  microphone: { readonly id: string; readonly label: string } | null;
  /** `null`: as the browser says. */
  interfaceLanguage: 'en' | 'ja' | null;
  /** Whether a recording's sound stays when its text is final. Until then it is on disk in any case. */
  keepAudio: boolean;
  /** Among which `auto` decides; empty: all. */
  languages: readonly Language[];
  /** Names and terms, one a line, as they were typed. */
  vocabulary: string;
  /** Applied to what is written from now on; half a pair is kept, and does nothing. */
  replacements: readonly Replacement[];
}

export interface OfflineState {
  /** True only when a cold start without a network would transcribe with the chosen model. */
  readonly ready: boolean;
  /** Why it never will be, if so: `no-service-worker` (F3) or `no-storage` (F18). */
  readonly obstacle: 'no-service-worker' | 'no-storage' | null;
  readonly installable: boolean;
  install(): Promise<void>;
  /** A new version waits (F5): `deferred` while any tab records. */
  readonly update: 'none' | 'deferred' | 'waiting';
  applyUpdate(): void;
}

export type FilePhase =
  | 'queued'
  /** It is looked what is in it, and how long it is. */
  | 'opening'
  | 'transcribing'
  | 'paused'
  /** It was its turn when a recording began, which has the recogniser. */
  | 'waiting-for-recording'
  /** After a reload: the browser wants the file to be given again, or a permission. */
  | 'needs-file'
  | 'done'
  /** Given up; what was finished is kept. */
  | 'cancelled'
  | 'failed';

/** A kept recording that is to be transcribed once more, beside the versions it has. */
export interface AgainRequest extends Again {
  /** As it is called in the queue. */
  readonly name: string;
  readonly language: LanguageChoice;
}

/** A file of the queue, as it is shown; or the recording of a session. */
export interface FileItem {
  readonly id: string;
  readonly name: string;
  /** `null`: it is a file. */
  readonly again: Again | null;
  readonly phase: FilePhase;
  /** What is spoken in it, as the person has said for it alone; `null`: as the settings say. */
  readonly language: LanguageChoice | null;
  /** How far it is written. */
  readonly positionMs: number;
  /** `null` when the file does not say and it is not known yet. */
  readonly durationMs: number | null;
  /** Until the text is complete, at the pace of this machine; `null` while nothing is done, or the length is not known. */
  readonly secondsLeft: number | null;
  /** Parts could not be decoded, or the file ends before its time (F37): the text up to there is kept. */
  readonly damaged: boolean;
  readonly failure: Failure | null;
}

/** The files and their transcripts. One is worked on at a time; a recording goes first. */
export interface FilesState {
  readonly items: readonly FileItem[];
  /** Whose transcript is shown; `null`: the live one. */
  readonly chosen: string | null;
  /** Why the queue will not survive a reload; `null` when it will. */
  readonly obstacle: 'full' | 'unavailable' | 'outdated' | null;
  /** Whether the person may be asked for leave to be told when files are done: they were never asked before. */
  readonly mayAskToTell: boolean;
  askToTell(): Promise<void>;
  transcriptOf(id: string): Transcript;
  choose(id: string | null): void;
  /** For what is still to be written of it; `null`: as the settings say. */
  setLanguage(id: string, language: LanguageChoice | null): void;
  pause(id: string): void;
  /** Goes on from what is written; may ask for a permission or, where the file is gone, for the file itself. */
  resume(id: string): Promise<void>;
  /** Gives up; what is finished is kept. */
  cancel(id: string): void;
  /** Takes the file and its text out of the list. */
  remove(id: string): void;
  move(id: string, by: number): void;
}

/** The files' part of the app is loaded when it is first needed. */
export interface FilesEntrance {
  /** `null` until a file was opened, in this visit or in one before. */
  readonly current: FilesState | null;
  open(files: readonly OpenedFile[]): Promise<void>;
  /** Transcribes a recording once more, in its turn; what comes of it is a version of its session. */
  transcribeAgain(request: AgainRequest): Promise<void>;
}

export interface AppState {
  readonly session: SessionState;
  readonly model: ModelState;
  readonly device: DeviceState;
  readonly microphones: MicrophoneState;
  readonly settings: SettingsState;
  readonly offline: OfflineState;
  readonly files: FilesEntrance;
  readonly library: LibraryEntrance;
  readonly recovery: RecoveryEntrance;
}
