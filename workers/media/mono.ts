/**
 * The mean of all channels, within [-1, 1]; what is no number is silence (F43).
 * @param channels of one length, at least one.
 */
export function mixToMono(channels: readonly Float32Array[]): Float32Array<ArrayBuffer> {
  const { length: count } = channels;
  const mono = new Float32Array(channels[0]?.length ?? 0);
  for (const channel of channels) for (let i = 0; i < mono.length; i++) mono[i]! += channel[i]!;
  for (let i = 0; i < mono.length; i++) {
    const sample = mono[i]! / count;
    mono[i] = Number.isFinite(sample) ? Math.min(1, Math.max(-1, sample)) : 0;
  }
  return mono;
}
