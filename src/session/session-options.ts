import type { Scope } from '../platform/scope.ts';
import type { Replacements } from '../transcript/replacements.ts';
import type { SessionKeeper } from './keeper.ts';
import type { CaptureSource } from './session-capture.ts';

/** What a session needs of the rest of the app. */
export interface SessionOptions extends CaptureSource {
  readonly scope: Scope;
  /** Keeps what is written on disk. */
  readonly keeper: SessionKeeper;
  /** What is replaced in what is written, as the person has it now. */
  readonly replacing: () => Replacements;
  /** Whether words can come now; if not, they are waited for. */
  readonly modelReady: () => boolean;
  /** Whether the model will be here next time (F18). */
  readonly modelKept: () => boolean;
  /** Whether the browser gives us files for the sound; without them it lasts as long as the page (F18). */
  readonly soundKept: () => boolean;
  /** Lines for Diagnostics about what this session does not know itself. */
  readonly environment: () => readonly string[];
}
