import { SAMPLE_RATE } from '../../audio/units.ts';

/**
 * `00:01:02,345` of a sample index.
 * @param separator between seconds and milliseconds: a comma in SubRip, a point in WebVTT.
 */
export function timestamp(sample: number, separator: ',' | '.'): string {
  const ms = Math.round((sample * 1000) / SAMPLE_RATE);
  return `${clockTime(sample)}${separator}${String(ms % 1000).padStart(3, '0')}`;
}

/** `00:01:02`, for people: where something was said, to the second before it. */
export function clockTime(sample: number): string {
  const seconds = Math.floor(Math.round((sample * 1000) / SAMPLE_RATE) / 1000);
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  return `${two(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}`;
}
