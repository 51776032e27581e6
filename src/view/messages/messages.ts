import type { Failure, FailureName } from '../../platform/failure.ts';
import type { ModelId } from '../../recognizer/models.ts';
import type { FilePhase, FilesState, Notice } from '../../session/state.ts';
import type { FileAct } from '../logic/file-item.ts';
import type { ActionId } from '../logic/notices.ts';
import type { SaveFormat, SaveGroup } from '../export/choice.svelte.ts';
import type { SubtitleShape } from '../../transcript/formats/shape.ts';

/** A recording that broke off, in its card. */
export interface RecoveryMessages {
  /** Names the cards as a region. */
  readonly heading: string;
  /** @param startedAt milliseconds since the epoch. */
  readonly interrupted: (startedAt: number) => string;
  readonly safe: (seconds: number) => string;
  /** Its words so far, which are kept. */
  readonly soFar: (opening: string) => string;
  readonly transcribe: string;
  readonly play: string;
  readonly hide: string;
  readonly open: string;
  readonly discard: string;
  readonly discarded: string;
  readonly undo: string;
  readonly pause: string;
  /** @param position, duration as on a clock. */
  readonly transcribing: (position: string, duration: string) => string;
  readonly waiting: string;
  readonly progress: string;
  readonly done: string;
  readonly failed: string;
}

/** What happened, in one line, and what it means or how to cure it. */
export interface Words {
  readonly title: string;
  readonly text: string;
}

type Condition = Exclude<Notice, { readonly type: 'failure' }>;

type FailureWords<Names extends FailureName> = {
  readonly [Name in Names]: (failure: Extract<Failure, { readonly name: Name }>) => Words;
};

/** Told in the row of the file. */
export type FileFailures = FailureWords<
  | 'not-audio'
  | 'no-audio-track'
  | 'codec-unsupported'
  | 'file-refused'
  | 'decoding-failed'
  | 'decoder-stalled'
  | 'file-changed'
  | 'file-missing'
>;

/** Told where backups are made and brought back. */
export type BackupFailures = FailureWords<
  'transcript-unreadable' | 'backup-unreadable' | 'backup-too-large' | 'backup-interrupted'
>;

/**
 * Every word people read. A language is complete or does not compile. Functions take raw quantities (bytes, seconds,
 * milliseconds) and format them themselves.
 */
export interface Messages {
  /** The document's title. */
  readonly title: string;
  readonly privacy: string;
  /** In place of the page, while the browser keeps what makes it work on hosts that do not help (F1). */
  readonly preparing: Words;
  readonly start: string;
  readonly stop: string;
  /** Pressed while the last words are still being written. */
  readonly startsNext: string;
  readonly close: string;
  readonly dismiss: string;

  readonly empty: {
    readonly idle: string;
    readonly idleHint: string;
    /** Shown beside {@link Messages.empty.idleHint} where a keyboard is likely. */
    readonly keyHint: string;
    readonly listening: string;
    readonly waitingForModel: string;
    readonly finishing: string;
    readonly nothingHeard: string;
  };

  readonly phase: {
    readonly idle: string;
    readonly starting: string;
    readonly listening: string;
    readonly behind: (seconds: number) => string;
    readonly finishing: string;
    readonly finishingIn: (secondsLeft: number) => string;
    readonly stopped: string;
    readonly failed: string;
  };
  readonly cancelFinishing: string;
  readonly elapsed: string;

  readonly model: {
    readonly loading: (loadedBytes: number, totalBytes: number, secondsLeft: number | null) => string;
    readonly loadingBar: string;
    readonly waitingForOtherTab: string;
    readonly file: (name: string) => string;
    readonly preparing: string;
    /** Said while someone may already be speaking. */
    readonly startAnyway: string;
    readonly writtenLater: string;
    readonly absent: string;
    readonly absentStart: string;
    readonly cancel: string;
    readonly names: { readonly [Id in ModelId]: Words };
    readonly size: (bytes: number) => string;
  };

  readonly transcript: {
    readonly heading: string;
    readonly toLatest: string;
    readonly copy: string;
    readonly copied: string;
    readonly copyRefused: string;
    readonly save: string;
    readonly clear: string;
    readonly cleared: string;
    readonly undo: string;
    /** @param languages the spoken ones, as a list. */
    readonly translated: (languages: string) => string;
  };

  /** What is said of the library elsewhere; its own words are in `library.ts`. */
  readonly library: {
    readonly title: string;
    /** After a recording: leads to its text. */
    readonly open: string;
    readonly removed: string;
    /** One of several transcriptions of a session. */
    readonly removedVersion: string;
    /** Where a page that is loaded when it is needed could not be had. */
    readonly unloadable: string;
    /** Told on other pages while something is recorded. */
    readonly toRecording: string;
    /** The text on the live page is not kept. */
    readonly notKept: string;
  };

  readonly save: {
    readonly title: string;
    readonly format: string;
    readonly groups: { readonly [Group in SaveGroup]: string };
    readonly formats: { readonly [Format in SaveFormat]: Words };
    readonly times: string;
    readonly shape: {
      readonly title: string;
      readonly hint: string;
      readonly reset: string;
      readonly fields: { readonly [Field in keyof SubtitleShape]: string };
    };
    readonly preview: string;
    /** In place of a preview of sound. */
    readonly sound: (duration: string, byteCount: number | null) => string;
    readonly save: (extension: string) => string;
    readonly copy: string;
    readonly share: string;
    readonly copied: string;
    readonly copyRefused: string;
    readonly shareRefused: string;
    readonly saved: (name: string) => string;
    readonly encoding: (percent: number) => string;
    readonly failed: string;
  };

  readonly backup: {
    readonly title: string;
    readonly hint: string;
    readonly make: string;
    readonly restore: string;
    readonly cancel: string;
    /** While everything is read for a backup, while a file is verified, while it is written. */
    readonly making: (secondsLeft: number | null) => string;
    readonly verifying: (secondsLeft: number | null) => string;
    readonly restoring: (secondsLeft: number | null) => string;
    readonly bar: string;
    readonly ready: (byteCount: number) => string;
    readonly save: string;
    readonly empty: string;
    /** What a backup holds: sessions, and bytes altogether. */
    readonly holds: (sessions: number, byteCount: number) => string;
    readonly here: (sessions: number) => string;
    readonly both: (sessions: number) => string;
    readonly settings: string;
    readonly confirm: string;
    readonly restored: (sessions: number) => string;
    readonly settingsToo: string;
    readonly done: string;
    readonly copyOf: (title: string) => string;
  };

  readonly settings: {
    readonly title: string;
    readonly spokenLanguage: string;
    readonly detect: string;
    readonly detected: (language: string) => string;
    readonly likely: string;
    readonly all: string;
    readonly into: (language: string, target: string) => string;
    readonly task: string;
    readonly transcribe: string;
    readonly translate: string;
    readonly model: string;
    readonly modelHint: string;
    readonly microphone: string;
    readonly systemMicrophone: string;
    readonly unnamedMicrophone: (position: number) => string;
    readonly missingMicrophone: (label: string) => string;
    readonly microphoneHint: string;
    readonly interfaceLanguage: string;
    readonly asBrowser: string;
    /** The languages that detection is to choose from. */
    readonly languages: string;
    readonly languagesAny: string;
    readonly languagesChosen: string;
    readonly addLanguage: string;
    readonly removeLanguage: (language: string) => string;
    readonly translateHint: string;
    readonly vocabulary: string;
    readonly vocabularyHint: string;
    readonly keepAudio: string;
    readonly keepAudioYes: string;
    readonly keepAudioNo: string;
    readonly shortcuts: string;
    readonly shortcutStart: string;
    readonly shortcutAnywhere: string;
    readonly diagnostics: string;
    readonly install: string;
    readonly installHint: string;
    readonly licences: string;
  };

  readonly offline: {
    readonly ready: string;
    readonly off: string;
    readonly obstacles: { readonly 'no-service-worker': string; readonly 'no-storage': string };
    readonly updateWaiting: Words;
    readonly updateDeferred: Words;
  };

  readonly diagnostics: {
    readonly title: string;
    readonly hint: string;
    readonly copy: string;
    readonly log: string;
    readonly emptyLog: string;
  };

  readonly files: {
    readonly open: string;
    readonly drop: Words;
    readonly heading: string;
    /** The live transcript, as one item among the files. */
    readonly recording: string;
    readonly bar: string;
    readonly language: string;
    readonly languageAsSet: (language: string) => string;
    /** Asks for leave to show a notification. */
    readonly tell: string;
    readonly phases: { readonly [Phase in Exclude<FilePhase, 'transcribing'> | 'waiting-for-model']: string };
    /** `3:10 of 45:00`. */
    readonly reached: (position: string, duration: string) => string;
    readonly left: (reached: string, secondsLeft: number) => string;
    /** `Paused · 3:10 of 45:00`. */
    readonly stopped: (phase: string, reached: string) => string;
    readonly damaged: string;
    readonly acts: { readonly [Act in FileAct]: string };
    readonly obstacles: { readonly [Obstacle in NonNullable<FilesState['obstacle']>]: string };
    /** In place of a text. @param over nothing more will come. */
    readonly empty: (over: boolean) => string;
  };

  readonly recovery: RecoveryMessages;

  /** Shown while the browser asks to save data. */
  readonly asking: (totalBytes: number) => Words;
  readonly actions: { readonly [Action in ActionId]: string };
  readonly failures: FailureWords<FailureName>;
  readonly notices: {
    readonly [Type in Condition['type']]: (notice: Extract<Condition, { readonly type: Type }>) => Words;
  };
}
