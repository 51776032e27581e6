import type { GraphBuilder } from './builder.ts';

/** Where the tokens of a run stand: after the `past` ones that the cache holds. */
export interface TokenRange {
  /** Tokens in the cache, int64 [1]. */
  readonly past: string;
  /** Tokens in the cache and in this run together, int64 [1]. */
  readonly end: string;
}

/** What is added to the score of a token that lies ahead: the softmax makes it exactly zero. */
const UNSEEN = -3.4028234663852886e38;

/** Adds the lengths of cache and run: `ids` is [1, n], `past` [1, heads, p, head size]. */
export function addRange(graph: GraphBuilder, ids: string, past: string): TokenRange {
  const length = graph.node('Shape', 'decoder/past', [past], { attributes: { start: 2, end: 3 } });
  const count = graph.node('Shape', 'decoder/count', [ids], { attributes: { start: 1, end: 2 } });
  return { past: length, end: graph.node('Add', 'decoder/end', [length, count]) };
}

/**
 * Adds the mask [n, p + n] that lets the token at position i see the positions up to i.
 *
 * The exported branch without a cache has such a mask for p = 0; the one with a cache has none, which is right for n = 1 only.
 */
export function addCausalMask(graph: GraphBuilder, { past, end }: TokenRange): string {
  const scalar = (name: string, vector: string): string => graph.node('Squeeze', name, [vector]);
  const [first, stop] = [scalar('decoder/past/scalar', past), scalar('decoder/end/scalar', end)] as const;
  const keys = graph.node('Range', 'decoder/keys', [graph.integer(0), stop, graph.integer(1)]);
  const queries = graph.node('Range', 'decoder/queries', [first, stop, graph.integer(1)]);
  const column = graph.node('Unsqueeze', 'decoder/queries/column', [queries, graph.integers(1)]);
  const seen = graph.node('LessOrEqual', 'decoder/seen', [keys, column]);
  const unseen = graph.floats('decoder/mask/unseen', [], Float32Array.of(UNSEEN));
  const nothing = graph.floats('decoder/mask/seen', [], Float32Array.of(0));
  return graph.node('Where', 'decoder/mask', [seen, nothing, unseen]);
}

/** Adds to `x` [1, n, channels] the rows of `table` for the positions p to p + n − 1. */
export function addPositions(graph: GraphBuilder, { past, end }: TokenRange, x: string, table: string): string {
  const rows = graph.node('Slice', 'decoder/positions', [table, past, end, graph.integers(0)]);
  return graph.node('Add', 'decoder/placed', [x, rows]);
}
