/**
 * When each token was said, from the cross-attention of the alignment heads (openai/whisper, `timing.py`, `find_alignment`):
 * every head's attention is normalised over the tokens, smoothed by a median over time, averaged, and the cheapest monotonic path
 * through tokens and positions is found by dynamic time warping.
 */

const MEDIAN_POSITIONS = 7;

/**
 * @param attention one row a token, `[heads, positions]` each.
 * @param positions positions a row was computed over.
 * @param heard positions that hold audio; the rest is padding.
 * @returns for each row the position at which its token begins.
 */
export function alignTokens(attention: readonly Float32Array[], positions: number, heard: number): number[] {
  if (attention.length === 0) return [];
  return pathStarts(meanOfHeads(attention, positions, Math.min(heard, positions)));
}

/** Cost matrix `[tokens][heard]`: the negative of the normalised, smoothed, averaged attention. */
function meanOfHeads(attention: readonly Float32Array[], positions: number, heard: number): Float32Array[] {
  const heads = attention[0]!.length / positions;
  const cost = attention.map(() => new Float32Array(heard));
  const smooth = new Float32Array(MEDIAN_POSITIONS);
  for (let head = 0; head < heads; head++) {
    const normal = attention.map(() => new Float32Array(heard));
    for (let p = 0; p < heard; p++) {
      let sum = 0;
      let squares = 0;
      for (const row of attention) {
        const weight = row[head * positions + p]!;
        sum += weight;
        squares += weight * weight;
      }
      const mean = sum / attention.length;
      const deviation = Math.sqrt(Math.max(squares / attention.length - mean * mean, 1e-20));
      for (let t = 0; t < attention.length; t++)
        normal[t]![p] = (attention[t]![head * positions + p]! - mean) / deviation;
    }
    for (let t = 0; t < attention.length; t++) {
      for (let p = 0; p < heard; p++) cost[t]![p]! -= medianAround(normal[t]!, p, smooth) / heads;
    }
  }
  return cost;
}

/** Median of the values around `index`; the row is mirrored at its ends. */
function medianAround(row: Float32Array, index: number, scratch: Float32Array): number {
  const reach = (MEDIAN_POSITIONS - 1) / 2;
  for (let k = -reach; k <= reach; k++) {
    let at = index + k;
    if (at < 0) at = -at;
    if (at >= row.length) at = 2 * (row.length - 1) - at;
    scratch[k + reach] = row[Math.max(at, 0)]!;
  }
  scratch.sort();
  return scratch[reach]!;
}

/** Dynamic time warping: the position at which the cheapest path enters each token's row. */
function pathStarts(cost: readonly Float32Array[]): number[] {
  const rows = cost.length;
  const columns = cost[0]!.length;
  // Where the best path to a cell came from: 0 diagonal, 1 from the token before, 2 from the position before.
  const origin = new Uint8Array(rows * columns);
  let above = new Float64Array(columns).fill(Infinity);
  for (let t = 0; t < rows; t++) {
    const here = new Float64Array(columns);
    for (let p = 0; p < columns; p++) {
      const diagonal = t === 0 && p === 0 ? 0 : p > 0 ? above[p - 1]! : Infinity;
      const down = above[p]!;
      const along = p > 0 ? here[p - 1]! : Infinity;
      const best = Math.min(diagonal, down, along);
      here[p] = cost[t]![p]! + best;
      origin[t * columns + p] = best === diagonal ? 0 : best === down ? 1 : 2;
    }
    above = here;
  }
  const starts = new Array<number>(rows).fill(0);
  let t = rows - 1;
  let p = columns - 1;
  while (t >= 0 && p >= 0) {
    starts[t] = p;
    const from = origin[t * columns + p];
    if (from !== 2) t--;
    if (from !== 1) p--;
  }
  return starts;
}
