import { SAMPLE_RATE } from '../../../src/audio/units.ts';

/** The file at `url`, as it is. */
export async function fetchFile(url: string): Promise<Blob> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response.blob();
}

/** The clip at `url`, decoded by the browser, mono, 16 kHz. */
export async function decodeClip(url: string): Promise<Float32Array<ArrayBuffer>> {
  const file = await fetchFile(url);
  const context = new OfflineAudioContext(1, 1, SAMPLE_RATE);
  const decoded = await context.decodeAudioData(await file.arrayBuffer());
  const samples = new Float32Array(decoded.length);
  for (let channel = 0; channel < decoded.numberOfChannels; channel++) {
    decoded.getChannelData(channel).forEach((sample, i) => {
      samples[i] = (samples[i] ?? 0) + sample / decoded.numberOfChannels;
    });
  }
  return samples;
}
