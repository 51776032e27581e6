const QUIETEST_DB = -54;
const LOUDEST_DB = -6;

/** A linear RMS as an ear hears it: 0 at -54 dB and below, 1 at -6 dB and above. */
export function loudness(rms: number): number {
  const db = 20 * Math.log10(Math.max(rms, 1e-6));
  return Math.min(1, Math.max(0, (db - QUIETEST_DB) / (LOUDEST_DB - QUIETEST_DB)));
}

const WIDTH = 400;
const STEPS = 64;
const HEIGHT = 18;

/**
 * An SVG path from 0 to 400: three slow waves under an envelope that is still at both ends.
 * @param amplitude 0 (a straight line) to 1.
 */
export function wavePath(amplitude: number, seconds: number): string {
  if (amplitude < 0.01) return `M0 0H${WIDTH}`;
  let path = '';
  for (let step = 0; step <= STEPS; step++) {
    const x = step / STEPS;
    const envelope = Math.sin(Math.PI * x) ** 2;
    const wave =
      0.6 * Math.sin(x * 19 - seconds * 6.1) +
      0.3 * Math.sin(x * 31 + seconds * 4.3) +
      0.25 * Math.sin(x * 11 - seconds * 2.9);
    path += `${step === 0 ? 'M' : 'L'}${(x * WIDTH).toFixed(1)} ${(amplitude * envelope * wave * HEIGHT).toFixed(2)}`;
  }
  return path;
}
