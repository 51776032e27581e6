import type { Model } from '../../src/recognizer/models.ts';
import type { ModelSources } from './sources.ts';

/** What runs, from what is published. */
export function prepare(_model: Model, sources: ModelSources): Record<string, Uint8Array> {
  return { ...sources };
}
