/** What a 16-bit sample of 1.0 would be; also what every common decoder divides by, so that files come back exactly. */
export const FULL_SCALE = 32_768;

/** A sample as kept and as files have it: 16 bits. Little end first, as every browser's memory is. */
export const SAMPLE_BYTES = Int16Array.BYTES_PER_ELEMENT;

/** A sample within [-1, 1] as 16 bits; what lies outside is clipped, and what is no number is silence. */
export function toPcm(sample: number): number {
  const value = Math.round(sample * FULL_SCALE);
  return value > 32_767 ? 32_767 : value < -FULL_SCALE ? -FULL_SCALE : value;
}

/** Samples of 16 bits as they are computed with, within [-1, 1). */
export function fromPcm(pcm: Int16Array): Float32Array<ArrayBuffer> {
  const samples = new Float32Array(pcm.length);
  for (let i = 0; i < pcm.length; i++) samples[i] = pcm[i]! / FULL_SCALE;
  return samples;
}
