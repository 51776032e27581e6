import type { GraphBuilder } from './builder.ts';
import type { ExportedGraph } from './exported.ts';
import type { Product, StoredProduct } from './product.ts';
import { floatsOf, octetsOf } from './tensor.ts';

/**
 * The table of the vocabulary, held once and transposed: [channels, tokens].
 *
 * Whisper uses one table twice, to embed tokens and to score them. The export holds it as [tokens, channels], and to score it
 * transposes and dequantises all 51,865 rows in every step, a third of the step's time. Transposed beforehand it is an ordinary
 * 8-bit product, packed once when the session is made; embedding, which touches a few columns, gathers across.
 */
export function readVocabulary(decoder: ExportedGraph): Product {
  const name = 'model.decoder.embed_tokens.weight';
  const table = decoder.tensor(`${name}_merged_0_quantized`);
  const [tokens, channels] = table.dims;
  if (tokens === undefined || channels === undefined) throw new Error('The table of the vocabulary is not a matrix');
  return {
    elementType: table.elementType,
    rows: channels,
    columns: tokens,
    weights: transposed(octetsOf(table), tokens, channels),
    scale: floatsOf(decoder.tensor(`${name}_merged_0_scale`)),
    zeroPoint: octetsOf(decoder.tensor(`${name}_merged_0_zero_point`)),
    bias: undefined,
  };
}

/** Adds the embedding of `ids` [1, n] → [1, n, channels]. */
export function addEmbedding(graph: GraphBuilder, name: string, ids: string, vocabulary: StoredProduct): string {
  const columns = graph.node('Gather', `${name}/columns`, [vocabulary.weights, ids], { attributes: { axis: 1 } });
  const rows = graph.node('Transpose', `${name}/rows`, [columns], { attributes: { perm: [1, 2, 0] } });
  return graph.node('DequantizeLinear', name, [rows, vocabulary.scale, vocabulary.zeroPoint]);
}

/** Cut into tiles: a plain loop over 20 million cells misses the cache at every write. */
function transposed(cells: Uint8Array, rows: number, columns: number): Uint8Array {
  const turned = new Uint8Array(cells.length);
  const tile = 64;
  for (let top = 0; top < rows; top += tile) {
    const bottom = Math.min(top + tile, rows);
    for (let column = 0; column < columns; column++) {
      for (let row = top; row < bottom; row++) turned[column * rows + row] = cells[row * columns + column] ?? 0;
    }
  }
  return turned;
}
