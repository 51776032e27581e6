import type { AlignmentHead, WhisperConfig } from './config.ts';
import { buildDecoder } from './decoder.ts';
import { buildEncoder } from './encoder.ts';
import { ExportedGraph } from './exported.ts';
import type { FloatProducts } from './layers.ts';
import { decodeModel, type Graph } from './onnx.ts';

export interface PreparationInput {
  /** `encoder_model_quantized.onnx` as published. */
  readonly encoder: Uint8Array;
  /** `decoder_model_merged_quantized.onnx` as published. */
  readonly decoder: Uint8Array;
  /** The model's `config.json`. */
  readonly config: WhisperConfig;
  /** `alignment_heads` of the model's `generation_config.json`. */
  readonly alignmentHeads: readonly AlignmentHead[];
  /** Products to compute in float32; `recipe.ts` says which and why. */
  readonly floatProducts: FloatProducts;
}

export interface PreparedModel {
  readonly encoder: Uint8Array;
  readonly decoder: Uint8Array;
}

/**
 * Makes the two graphs that run from the two that are published: the same 8-bit weights, wired for streaming. What each takes
 * and returns stands at {@link buildEncoder} and {@link buildDecoder}. The same input gives the same bytes.
 *
 * @throws {Error} naming what is missing, when a file is not the export this knows.
 * @throws {RangeError} when a file is not ONNX or an alignment head does not exist.
 */
export function prepareModel(input: PreparationInput): PreparedModel {
  const encoder = new ExportedGraph('encoder', graphOf(input.encoder, 'encoder'));
  const merged = graphOf(input.decoder, 'decoder');
  const decoder = new ExportedGraph('decoder', merged, branchWithoutCache(merged));
  return {
    encoder: buildEncoder(encoder, decoder, input.config, input.floatProducts),
    decoder: buildDecoder(decoder, input.config, input.alignmentHeads, input.floatProducts),
  };
}

function graphOf(file: Uint8Array, title: string): Graph {
  const { graph } = decodeModel(file);
  if (graph === undefined) throw new Error(`The exported ${title} is not an ONNX model`);
  return graph;
}

/** The branch that alone has every weight: the one with a cache lacks the keys and values of cross-attention. */
function branchWithoutCache(merged: Graph): Graph {
  const branches = merged.node.find(({ opType }) => opType === 'If');
  const graph = branches?.attribute.find(({ name }) => name === 'else_branch')?.g;
  if (graph === undefined)
    throw new Error('The exported decoder has no If with an else branch: it is not a merged decoder');
  return graph;
}
