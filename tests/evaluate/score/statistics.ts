export interface Spread {
  readonly median: number | null;
  readonly p95: number | null;
}

/** Linear interpolation between the two nearest values; `null` for none. @param share 0 to 1. */
export function quantile(values: readonly number[], share: number): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const at = share * (sorted.length - 1);
  const below = sorted[Math.floor(at)] ?? NaN;
  const above = sorted[Math.ceil(at)] ?? NaN;
  return below + (above - below) * (at - Math.floor(at));
}

export const median = (values: readonly number[]): number | null => quantile(values, 0.5);

export const spread = (values: readonly number[]): Spread => ({
  median: median(values),
  p95: quantile(values, 0.95),
});

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
