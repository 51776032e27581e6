import { SAMPLE_RATE } from '../../audio/units.ts';

/**
 * `00:01:02,345` of a sample index.
 * @param separator between seconds and milliseconds: a comma in SubRip, a point in WebVTT.
 */
export function timestamp(sample: number, separator: ',' | '.'): string {
  const ms = Math.round((sample * 1000) / SAMPLE_RATE);
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  const millis = String(ms % 1000).padStart(3, '0');
  return `${two(ms / 3_600_000)}:${two((ms / 60_000) % 60)}:${two((ms / 1000) % 60)}${separator}${millis}`;
}
