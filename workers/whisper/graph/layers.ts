/** The parts that encoder and decoder share. Activations are [1, positions, channels] throughout. */
import type { GraphBuilder } from './builder.ts';
import type { ExportedGraph, Normalisation } from './exported.ts';
import { addProduct, storeProduct, type Product } from './product.ts';

/** Which products are computed in float32, by name (`encoder/layers.2/fc2`). */
export type FloatProducts = RegExp | readonly string[];

export const isFloat = (float: FloatProducts, name: string): boolean =>
  float instanceof RegExp ? float.test(name) : float.includes(name);

/** Adds a product under the name that `float` is asked about. */
export const addNamedProduct = (
  graph: GraphBuilder,
  float: FloatProducts,
  name: string,
  x: string,
  product: Product,
): string => addProduct(graph, name, x, storeProduct(graph, name, product), isFloat(float, name));

/** Adds a layer normalisation as one node, where the export has nine. */
export function addNormalisation(graph: GraphBuilder, name: string, x: string, from: Normalisation): string {
  const scale = graph.constant({ ...from.scale, name: `${name}.scale` });
  const shift = graph.constant({ ...from.shift, name: `${name}.shift` });
  return graph.node('LayerNormalization', name, [x, scale, shift], {
    attributes: { axis: -1, epsilon: { real: from.epsilon } },
  });
}

/** Adds the exact (erf) GELU as one node, where the export has five. */
export const addGelu = (graph: GraphBuilder, name: string, x: string): string => graph.node('Gelu', name, [x]);

/** Adds [1, positions, heads × size] → [1, heads, positions, size]. */
export function addSplitHeads(graph: GraphBuilder, name: string, x: string, heads: number, size: number): string {
  const apart = graph.node('Reshape', `${name}/apart`, [x, graph.integers(0, 0, heads, size)]);
  return graph.node('Transpose', name, [apart], { attributes: { perm: [0, 2, 1, 3] } });
}

/** Adds [1, heads, positions, size] → [1, positions, heads × size]. */
export function addJoinHeads(graph: GraphBuilder, name: string, x: string): string {
  const ordered = graph.node('Transpose', `${name}/ordered`, [x], { attributes: { perm: [0, 2, 1, 3] } });
  return graph.node('Reshape', name, [ordered, graph.integers(0, 0, -1)]);
}

export interface Attention {
  /** What each position takes from the values, [1, heads, positions, size]. */
  readonly taken: string;
  /** How much each position attends to each key, [1, heads, positions, keys]; rows sum to one. */
  readonly weights: string;
}

/** Adds [1, heads, positions, size] → [1, heads, size, positions], as scores want their keys. */
export const addTurned = (graph: GraphBuilder, name: string, x: string): string =>
  graph.node('Transpose', name, [x], { attributes: { perm: [0, 1, 3, 2] } });

/**
 * Adds attention of queries over keys and values. The queries come scaled already.
 *
 * @param query [1, heads, positions, size].
 * @param keys Turned, [1, heads, size, keys].
 * @param value [1, heads, keys, size].
 * @param mask Added to the scores before the softmax; none lets every query see every key.
 */
export function addAttention(
  graph: GraphBuilder,
  name: string,
  { query, keys, value, mask }: { query: string; keys: string; value: string; mask?: string },
): Attention {
  const seen = graph.node('MatMul', `${name}/scores`, [query, keys]);
  const scores = mask === undefined ? seen : graph.node('Add', `${name}/masked`, [seen, mask]);
  const weights = graph.node('Softmax', `${name}/weights`, [scores], { attributes: { axis: -1 } });
  return { weights, taken: graph.node('MatMul', `${name}/taken`, [weights, value]) };
}

/** Adds the feed-forward block that ends each layer, with its residual. */
export function addFeedForward(
  graph: GraphBuilder,
  float: FloatProducts,
  name: string,
  x: string,
  exported: ExportedGraph,
  path: string,
): string {
  const normal = addNormalisation(
    graph,
    `${name}/final_layer_norm`,
    x,
    exported.normalisation(`${path}/final_layer_norm`),
  );
  const wide = addNamedProduct(graph, float, `${name}/fc1`, normal, exported.product(`${path}/fc1`));
  const bent = addGelu(graph, `${name}/gelu`, wide);
  const narrow = addNamedProduct(graph, float, `${name}/fc2`, bent, exported.product(`${path}/fc2`));
  return graph.node('Add', `${name}/out`, [x, narrow]);
}
