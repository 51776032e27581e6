/** A quiet recording is drawn so much larger at most: silence stays flat. */
const MAX_GAIN = 8;
/** Half of the smallest bar, of the whole height 2: silence is a line of dots. */
const LEAST = 0.06;

/** An SVG path with one upright line for each peak, on a ground of `peaks.length` × 2, zero in the middle. */
export function wavePath(peaks: ArrayLike<number>): string {
  const loudest = Array.from(peaks).reduce((most, peak) => Math.max(most, peak), 0);
  const gain = loudest > 0 ? Math.min(MAX_GAIN, 1 / loudest) : 0;
  return Array.from(peaks, (peak, index) => {
    // What is half as loud looks half as loud.
    const half = Math.max(LEAST, Math.sqrt(Math.min(1, peak * gain)) * 0.94);
    return `M${index + 0.5} ${round(1 - half)}V${round(1 + half)}`;
  }).join('');
}

const round = (value: number): number => Math.round(value * 1000) / 1000;
