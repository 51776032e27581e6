import { Alignment, orderedHeads } from './alignment.ts';
import { GraphBuilder } from './builder.ts';
import { addCausalMask, addPositions, addRange } from './causal.ts';
import type { AlignmentHead, WhisperConfig } from './config.ts';
import type { ExportedGraph } from './exported.ts';
import {
  addAttention,
  addFeedForward,
  addJoinHeads,
  addNamedProduct,
  addNormalisation,
  addSplitHeads,
  addTurned,
  isFloat,
  type FloatProducts,
} from './layers.ts';
import { ElementType } from './onnx.ts';
import { addProduct, scaled, sideBySide, storeProduct } from './product.ts';
import { addEmbedding, readVocabulary } from './vocabulary.ts';

const VOCABULARY = 'decoder/vocabulary';

/**
 * The decoder as one graph for prefill and step, from the exported weights.
 *
 * Inputs: `input_ids` int64 [1, n], n ≥ 1; `logits_from` int64 [1], the first of the n whose logits are wanted; per layer l
 * `past.{l}.key` and `past.{l}.value` float32 [1, heads, p, head size], p ≥ 0, and `cross.{l}.key` and `cross.{l}.value` as the
 * encoder returns them. p + n is at most 448.
 * Outputs: `logits` float32 [1, n − logits_from, tokens]; per layer `present.{l}.key` and `present.{l}.value`
 * [1, heads, p + n, head size]; `alignment` float32 [alignment heads, n, positions], the cross-attention weights of those heads.
 *
 * The export is two graphs in the branches of an `If`. ONNX Runtime neither folds nor packs constants in there; the branch with
 * a cache is right for a single token only, since it has no mask and the one without takes no cache; and both return every
 * attention matrix. Here one causal mask serves every p and n, so a draft of several tokens is checked in one run.
 */
export function buildDecoder(
  decoder: ExportedGraph,
  config: WhisperConfig,
  alignmentHeads: readonly AlignmentHead[],
  float: FloatProducts,
): Uint8Array {
  const graph = new GraphBuilder('whisper decoder');
  const heads = orderedHeads(alignmentHeads, config);
  const scope: Scope = { graph, decoder, config, float, size: config.d_model / config.decoder_attention_heads };
  const { ids, logitsFrom } = addInputs(scope);
  const range = addRange(graph, ids, 'past.0.key');
  const mask = addCausalMask(graph, range);
  const table = readVocabulary(decoder);
  const vocabulary = storeProduct(graph, VOCABULARY, table);
  const positions = graph.constant(decoder.tensor('model.decoder.embed_positions.weight'));
  let x = addPositions(graph, range, addEmbedding(graph, 'decoder/embedding', ids, vocabulary), positions);
  const alignment = new Alignment(heads);
  for (let layer = 0; layer < config.decoder_layers; layer++) {
    const path = `/model/decoder/layers.${layer}`;
    x = addSelfAttention(scope, layer, x, mask);
    const cross = addCrossAttention(scope, layer, x);
    alignment.addLayer(graph, layer, cross.weights);
    x = addFeedForward(graph, float, `decoder/layers.${layer}`, cross.x, decoder, path);
  }
  const end = graph.integers(Number.MAX_SAFE_INTEGER);
  const wanted = graph.node('Slice', 'decoder/wanted', [x, logitsFrom, end, graph.integers(1)]);
  const norm = decoder.normalisation('/model/decoder/layer_norm');
  const normal = addNormalisation(graph, 'decoder/layer_norm', wanted, norm);
  const logits = addProduct(graph, 'logits', normal, vocabulary, isFloat(float, VOCABULARY));
  graph.output(logits, ElementType.float32, [1, 'wanted', table.columns]);
  for (let layer = 0; layer < config.decoder_layers; layer++) {
    for (const kind of ['key', 'value']) {
      const dims = [1, config.decoder_attention_heads, 'past + tokens', scope.size];
      graph.output(`present.${layer}.${kind}`, ElementType.float32, dims);
    }
  }
  alignment.finish(graph);
  return graph.encode();
}

/** What every part of the decoder needs. */
interface Scope {
  readonly graph: GraphBuilder;
  readonly decoder: ExportedGraph;
  readonly config: WhisperConfig;
  readonly float: FloatProducts;
  /** Channels of one head. */
  readonly size: number;
}

function addInputs({ graph, config, size }: Scope): { ids: string; logitsFrom: string } {
  const ids = graph.input('input_ids', ElementType.int64, [1, 'tokens']);
  const logitsFrom = graph.input('logits_from', ElementType.int64, [1]);
  const heads = config.decoder_attention_heads;
  for (let layer = 0; layer < config.decoder_layers; layer++) {
    graph.input(`past.${layer}.key`, ElementType.float32, [1, heads, 'past', size]);
    graph.input(`cross.${layer}.key`, ElementType.float32, [1, heads, size, 'positions']);
    graph.input(`past.${layer}.value`, ElementType.float32, [1, heads, 'past', size]);
    graph.input(`cross.${layer}.value`, ElementType.float32, [1, heads, 'positions', size]);
  }
  return { ids, logitsFrom };
}

/** Adds attention over the tokens so far, with its residual; the cache grows by this run's keys and values. */
function addSelfAttention(
  { graph, decoder, config, float, size }: Scope,
  layer: number,
  x: string,
  mask: string,
): string {
  const path = `/model/decoder/layers.${layer}/self_attn`;
  const name = `decoder/layers.${layer}/self_attn`;
  const heads = config.decoder_attention_heads;
  const normal = addNormalisation(graph, `${name}_layer_norm`, x, decoder.normalisation(`${path}_layer_norm`));
  const projections = sideBySide([
    scaled(decoder.product(`${path}/q_proj`), size ** -0.5),
    decoder.product(`${path}/k_proj`, false),
    decoder.product(`${path}/v_proj`),
  ]);
  const projected = addNamedProduct(graph, float, `${name}/qkv_proj`, normal, projections);
  const all = addSplitHeads(graph, `${name}/heads`, projected, 3 * heads, size);
  const [query, newKey, newValue] = [`${name}/query`, `${name}/new_key`, `${name}/new_value`] as const;
  graph.nodes('Split', [query, newKey, newValue], [all], { attributes: { axis: 1, num_outputs: 3 } });
  const grown = (kind: string, added: string): string =>
    graph.node('Concat', `present.${layer}.${kind}`, [`past.${layer}.${kind}`, added], { attributes: { axis: 2 } });
  const [key, value] = [grown('key', newKey), grown('value', newValue)] as const;
  const keys = addTurned(graph, `${name}/key_turned`, key);
  const { taken } = addAttention(graph, name, { query, keys, value, mask });
  const joined = addJoinHeads(graph, `${name}/joined`, taken);
  const out = addNamedProduct(graph, float, `${name}/out_proj`, joined, decoder.product(`${path}/out_proj`));
  return graph.node('Add', `${name}/out`, [x, out]);
}

/** Adds attention over the audio, with its residual. */
function addCrossAttention(
  { graph, decoder, config, float, size }: Scope,
  layer: number,
  x: string,
): { x: string; weights: string } {
  const path = `/model/decoder/layers.${layer}/encoder_attn`;
  const name = `decoder/layers.${layer}/encoder_attn`;
  const normal = addNormalisation(graph, `${name}_layer_norm`, x, decoder.normalisation(`${path}_layer_norm`));
  const product = scaled(decoder.product(`${path}/q_proj`), size ** -0.5);
  const projected = addNamedProduct(graph, float, `${name}/q_proj`, normal, product);
  const query = addSplitHeads(graph, `${name}/query`, projected, config.decoder_attention_heads, size);
  const [keys, value] = [`cross.${layer}.key`, `cross.${layer}.value`] as const;
  const { taken, weights } = addAttention(graph, name, { query, keys, value });
  const joined = addJoinHeads(graph, `${name}/joined`, taken);
  const out = addNamedProduct(graph, float, `${name}/out_proj`, joined, decoder.product(`${path}/out_proj`));
  return { x: graph.node('Add', `${name}/out`, [x, out]), weights };
}
