const SAMPLE_RATE = 16_000;
/** Closed lips within a word last no longer. */
const SHORTEST_PAUSE_FRAMES = 3;
const QUIET = 0.006;

export const silence = (seconds: number): Float32Array => new Float32Array(Math.round(seconds * SAMPLE_RATE));

export function joined(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** The same speech without its pauses: there is none left at which it could be parted. */
export function withoutPauses(samples: Float32Array): Float32Array {
  const frame = SAMPLE_RATE / 100;
  const kept: Float32Array[] = [];
  let quiet = 0;
  for (let at = 0; at < samples.length; at += frame) {
    const part = samples.subarray(at, at + frame);
    const loudness = Math.sqrt(part.reduce((sum, sample) => sum + sample * sample, 0) / part.length);
    quiet = loudness < QUIET ? quiet + 1 : 0;
    if (quiet <= SHORTEST_PAUSE_FRAMES) kept.push(part);
  }
  return joined(kept);
}

/** Three words or more that stand twice in a row: what was heard on both sides of a seam and written on both. */
export function doubled(text: string): string | null {
  const words = text.toLowerCase().match(/[\p{L}']+/gu) ?? [];
  for (let length = 3; length <= 12; length++) {
    for (let at = 0; at + 2 * length <= words.length; at++) {
      const once = words.slice(at, at + length).join(' ');
      if (once === words.slice(at + length, at + 2 * length).join(' ')) return once;
    }
  }
  return null;
}
