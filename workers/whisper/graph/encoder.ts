import { GraphBuilder } from './builder.ts';
import type { WhisperConfig } from './config.ts';
import type { ExportedGraph } from './exported.ts';
import {
  addAttention,
  addFeedForward,
  addGelu,
  addJoinHeads,
  addNamedProduct,
  addNormalisation,
  addSplitHeads,
  addTurned,
  isFloat,
  type FloatProducts,
} from './layers.ts';
import { ElementType } from './onnx.ts';
import { addConvolution, scaled, sideBySide } from './product.ts';

const MEL_BINS = 80;

/**
 * The encoder as one session needs it, from the exported weights.
 *
 * Input: `input_features` float32 [1, 80, frames], any even number of frames up to 3000 (10 ms each).
 * Outputs, per decoder layer l: `cross.{l}.key` float32 [1, heads, head size, frames / 2], turned once here instead of in every
 * step of the decoder, and `cross.{l}.value` float32 [1, heads, frames / 2, head size].
 *
 * The export takes 3000 frames and nothing else, returns every attention matrix (hundreds of megabytes a run that nobody
 * reads), and leaves the keys and values of the decoder's cross-attention to the decoder, which computes them again in every
 * prefill. Here the table of positions is cut to the length of the audio, and the last hidden state never leaves the graph.
 */
export function buildEncoder(
  encoder: ExportedGraph,
  decoder: ExportedGraph,
  config: WhisperConfig,
  float: FloatProducts,
): Uint8Array {
  const graph = new GraphBuilder('whisper encoder');
  const features = graph.input('input_features', ElementType.float32, [1, MEL_BINS, 'frames']);
  let x = addPositions(graph, encoder, addConvolutions(graph, encoder, features, float));
  for (let layer = 0; layer < config.encoder_layers; layer++) x = addLayer(graph, encoder, config, float, layer, x);
  const normal = addNormalisation(graph, 'encoder/layer_norm', x, encoder.normalisation('/layer_norm'));
  addCrossKeysAndValues(graph, decoder, config, float, normal);
  return graph.encode();
}

/** Adds [1, 80, frames] → [1, frames / 2, channels]: the second convolution has a stride of two. */
function addConvolutions(graph: GraphBuilder, encoder: ExportedGraph, features: string, float: FloatProducts): string {
  let x = features;
  for (const name of ['conv1', 'conv2']) {
    const full = `encoder/${name}`;
    const convolved = addConvolution(graph, full, x, encoder.convolution(`/${name}`), isFloat(float, full));
    x = addGelu(graph, `${full}/gelu`, convolved);
  }
  return graph.node('Transpose', 'encoder/in_time', [x], { attributes: { perm: [0, 2, 1] } });
}

/** Adds the first rows of the table of positions, as many as `x` has. */
function addPositions(graph: GraphBuilder, encoder: ExportedGraph, x: string): string {
  const table = graph.constant(encoder.tensor('embed_positions.weight'));
  const length = graph.node('Shape', 'encoder/length', [x], { attributes: { start: 1, end: 2 } });
  const rows = graph.node('Slice', 'encoder/positions', [table, graph.integers(0), length, graph.integers(0)]);
  return graph.node('Add', 'encoder/placed', [x, rows]);
}

function addLayer(
  graph: GraphBuilder,
  encoder: ExportedGraph,
  config: WhisperConfig,
  float: FloatProducts,
  layer: number,
  x: string,
): string {
  const path = `/layers.${layer}`;
  const name = `encoder/layers.${layer}`;
  const heads = config.encoder_attention_heads;
  const size = config.d_model / heads;
  const attention = `${name}/self_attn`;
  const norm = encoder.normalisation(`${path}/self_attn_layer_norm`);
  const normal = addNormalisation(graph, `${name}/self_attn_layer_norm`, x, norm);
  const projections = sideBySide([
    scaled(encoder.product(`${path}/self_attn/q_proj`), size ** -0.5),
    encoder.product(`${path}/self_attn/k_proj`, false),
    encoder.product(`${path}/self_attn/v_proj`),
  ]);
  const projected = addNamedProduct(graph, float, `${attention}/qkv_proj`, normal, projections);
  const all = addSplitHeads(graph, `${attention}/heads`, projected, 3 * heads, size);
  const [query, key, value] = [`${attention}/query`, `${attention}/key`, `${attention}/value`] as const;
  graph.nodes('Split', [query, key, value], [all], { attributes: { axis: 1, num_outputs: 3 } });
  const keys = addTurned(graph, `${attention}/key_turned`, key);
  const { taken } = addAttention(graph, attention, { query, keys, value });
  const joined = addJoinHeads(graph, `${attention}/joined`, taken);
  const out = addNamedProduct(
    graph,
    float,
    `${attention}/out_proj`,
    joined,
    encoder.product(`${path}/self_attn/out_proj`),
  );
  const residual = graph.node('Add', `${attention}/out`, [x, out]);
  return addFeedForward(graph, float, name, residual, encoder, path);
}

function addCrossKeysAndValues(
  graph: GraphBuilder,
  decoder: ExportedGraph,
  config: WhisperConfig,
  float: FloatProducts,
  hidden: string,
): void {
  const heads = config.decoder_attention_heads;
  const size = config.d_model / heads;
  for (let layer = 0; layer < config.decoder_layers; layer++) {
    const path = `/model/decoder/layers.${layer}/encoder_attn`;
    for (const [kind, letter, bias] of [
      ['key', 'k', false],
      ['value', 'v', true],
    ] as const) {
      const product = decoder.product(`${path}/${letter}_proj`, bias);
      const name = `decoder/layers.${layer}/encoder_attn/${letter}_proj`;
      const projected = addNamedProduct(graph, float, name, hidden, product);
      const output = `cross.${layer}.${kind}`;
      if (kind === 'key') {
        addTurned(graph, output, addSplitHeads(graph, `${name}/heads`, projected, heads, size));
        graph.output(output, ElementType.float32, [1, heads, size, 'positions']);
      } else {
        addSplitHeads(graph, output, projected, heads, size);
        graph.output(output, ElementType.float32, [1, heads, 'positions', size]);
      }
    }
  }
}
