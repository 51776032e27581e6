import type { Model } from '../../src/recognizer/models.ts';
import type { WhisperConfig } from '../../workers/whisper/graph/config.ts';
import { prepareModel } from '../../workers/whisper/graph/prepare.ts';
import { RECIPES } from '../../workers/whisper/graph/recipe.ts';
import type { ModelSources } from './sources.ts';

/** What runs, from what is published: graphs of our own on the same weights, and the other files as they are. */
export function prepare(model: Model, sources: ModelSources): Record<string, Uint8Array> {
  const { encoder, decoder } = prepareModel({
    encoder: sources['encoder.onnx'],
    decoder: sources['decoder.onnx'],
    config: JSON.parse(new TextDecoder().decode(sources['config.json'])) as WhisperConfig,
    ...RECIPES[model.id],
  });
  return { ...sources, 'encoder.onnx': encoder, 'decoder.onnx': decoder };
}
