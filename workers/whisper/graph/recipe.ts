import type { ModelId } from '../../../src/recognizer/models.ts';
import type { AlignmentHead } from './config.ts';

/** What the preparation of a model needs beside its files. */
export interface Recipe {
  /** Cross-attention heads that follow the audio, as openai/whisper publishes them and `generation_config.json` repeats. */
  readonly alignmentHeads: readonly AlignmentHead[];
  /** Products computed in float32 on the same 8-bit weights. */
  readonly floatProducts: readonly string[];
}

export const RECIPES: Readonly<Record<ModelId, Recipe>> = {
  tiny: {
    alignmentHeads: [
      [2, 2],
      [3, 0],
      [3, 2],
      [3, 3],
      [3, 4],
      [3, 5],
    ],
    floatProducts: ['encoder/layers.2/fc2'],
  },
  base: {
    alignmentHeads: [
      [3, 1],
      [4, 2],
      [4, 3],
      [4, 7],
      [5, 1],
      [5, 2],
      [5, 4],
      [5, 6],
    ],
    floatProducts: [],
  },
  small: {
    alignmentHeads: [
      [5, 3],
      [5, 9],
      [8, 0],
      [8, 4],
      [8, 7],
      [8, 8],
      [9, 0],
      [9, 7],
      [9, 9],
      [10, 5],
    ],
    floatProducts: [],
  },
};
