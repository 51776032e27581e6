import type { GraphBuilder } from './builder.ts';
import type { AlignmentHead, WhisperConfig } from './config.ts';
import { ElementType } from './onnx.ts';

/**
 * The heads in the order of their rows in the output `alignment`: by layer, then by head.
 *
 * @throws {RangeError} when there are none, or one does not exist in the model.
 */
export function orderedHeads(heads: readonly AlignmentHead[], config: WhisperConfig): AlignmentHead[] {
  if (heads.length === 0) throw new RangeError('alignmentHeads: at least one head is needed');
  for (const [layer, head] of heads) {
    if (!(layer >= 0 && layer < config.decoder_layers && head >= 0 && head < config.decoder_attention_heads)) {
      throw new RangeError(`alignmentHeads: the model has no head ${head} in layer ${layer}`);
    }
  }
  return heads.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]);
}

/**
 * Collects the cross-attention weights of the alignment heads into the output `alignment`.
 *
 * The export returns all heads of all layers, of which six to ten follow the audio; these alone are copied out.
 */
export class Alignment {
  readonly #heads: readonly AlignmentHead[];
  readonly #picked: string[] = [];

  /** @param heads In the order of {@link orderedHeads}. */
  constructor(heads: readonly AlignmentHead[]) {
    this.#heads = heads;
  }

  /** Takes what it needs of one layer's weights [1, heads, n, positions]; layers come in order. */
  addLayer(graph: GraphBuilder, layer: number, weights: string): void {
    const heads = this.#heads.filter((pair) => pair[0] === layer).map((pair) => pair[1]);
    if (heads.length === 0) return;
    const inputs = [weights, graph.integers(...heads)];
    this.#picked.push(graph.node('Gather', `alignment/${layer}`, inputs, { attributes: { axis: 1 } }));
  }

  /** Adds the output, [heads, n, positions]. */
  finish(graph: GraphBuilder): void {
    const stacked = graph.node('Concat', 'alignment/stacked', this.#picked, { attributes: { axis: 1 } });
    const alignment = graph.node('Squeeze', 'alignment', [stacked, graph.integers(0)]);
    graph.output(alignment, ElementType.float32, [this.#heads.length, 'tokens', 'positions']);
  }
}
