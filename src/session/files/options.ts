import type { Scope } from '../../platform/scope.ts';
import type { RecognizerClient } from '../../recognizer/client.ts';
import type { ModelId } from '../../recognizer/models.ts';
import type { RecognitionSettings } from '../../recognizer/protocol.ts';
import type { RunFlag } from '../../recognizer/run-flag.ts';
import type { Replacements } from '../../transcript/replacements.ts';
import type { Library } from '../library/library.svelte.ts';

/** What the queue of files needs of the app. */
export interface FilesOptions {
  readonly scope: Scope;
  readonly flag: RunFlag;
  readonly recognizer: RecognizerClient;
  readonly modelReady: () => boolean;
  readonly model: () => ModelId;
  /** As the settings say. */
  readonly recognition: () => RecognitionSettings;
  /** What is replaced in what is written, as the person has it now. */
  readonly replacing: () => Replacements;
  readonly library: () => Promise<Library>;
  /** What is written now wants this model; `null`: the one that is set will do. */
  readonly lend: (model: ModelId | null) => void;
}
