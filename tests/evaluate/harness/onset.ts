import { msToSamples, SAMPLE_RATE } from '../../../src/audio/units.ts';

const WINDOW_MS = 20;
/** Below the loudest windows by this much it is the room, not the voice. */
const RANGE_DB = 25;
/** Never take the noise of an empty recording for a voice. */
const FLOOR_RMS = 10 ** (-60 / 20);
/** A click is shorter. */
const SUSTAINED_WINDOWS = 3;

/**
 * Where sound sets in: the first of three windows of 20 ms in a row that lie within 25 dB of the loudest twentieth of the clip.
 * @returns milliseconds from the start; `null` for a clip without sound.
 */
export function onsetMs(samples: Float32Array): number | null {
  const size = msToSamples(WINDOW_MS);
  const levels = Array.from({ length: Math.floor(samples.length / size) }, (_, i) =>
    rms(samples.subarray(i * size, (i + 1) * size)),
  );
  const loud = [...levels].sort((a, b) => b - a)[Math.floor(levels.length / 20)] ?? 0;
  const threshold = Math.max(FLOOR_RMS, loud * 10 ** (-RANGE_DB / 20));
  const first = levels.findIndex((_, i) =>
    levels
      .slice(i, i + SUSTAINED_WINDOWS)
      .every((level, _i, run) => run.length === SUSTAINED_WINDOWS && level >= threshold),
  );
  return first < 0 ? null : (first * size * 1000) / SAMPLE_RATE;
}

function rms(window: Float32Array): number {
  let power = 0;
  for (const sample of window) power += sample * sample;
  return Math.sqrt(power / window.length);
}
