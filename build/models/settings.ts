import { MODEL_IDS, isModelId, type ModelId } from '../../src/recognizer/models.ts';

/** What the build is told about models. */
export interface ModelSettings {
  /** `SOTTO_MODELS`: ids separated by commas, `tiny,base` when unset. */
  readonly models: readonly ModelId[];
  /** `SOTTO_MODELS_FOLDER`: a folder that holds `Xenova/whisper-base/…`. */
  readonly folder: string | null;
  /** `SOTTO_MODELS_URL`: a server that answers `Xenova/whisper-base/resolve/main/…`, such as https://huggingface.co. */
  readonly url: string | null;
}

/** @throws RangeError when `SOTTO_MODELS` names no model, or one that is not in the catalogue. */
export function readSettings(env: Readonly<Record<string, string | undefined>>): ModelSettings {
  const names = (env['SOTTO_MODELS'] ?? 'tiny,base').split(',').map((name) => name.trim());
  const models = names.map((name) => {
    if (!isModelId(name)) throw new RangeError(`SOTTO_MODELS: "${name}" is none of ${MODEL_IDS.join(', ')}`);
    return name;
  });
  return {
    models: MODEL_IDS.filter((id) => models.includes(id)),
    folder: env['SOTTO_MODELS_FOLDER'] || null,
    url: env['SOTTO_MODELS_URL'] || null,
  };
}
