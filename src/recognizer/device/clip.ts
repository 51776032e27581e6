import clipUrl from './clip.wav?url';

/** What the stored clip says; `tests/fixtures/make.sh` makes it. */
export const SAID = 'Please call me back.';

/** Bytes before the samples of a WAV as our script writes them. */
const HEADER_BYTES = 44;
const FULL_SCALE = 32_768;

/**
 * The stored clip: mono, 16 kHz.
 * @throws Error when it cannot be had.
 */
export async function loadClip(): Promise<Float32Array<ArrayBuffer>> {
  const response = await fetch(clipUrl);
  if (!response.ok) throw new Error(`${clipUrl}: the server answers ${response.status}`);
  const samples = new Int16Array((await response.arrayBuffer()).slice(HEADER_BYTES));
  return Float32Array.from(samples, (sample) => sample / FULL_SCALE);
}
