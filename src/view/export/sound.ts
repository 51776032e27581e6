import type { SoundFormat } from './choice.svelte.ts';

/** The sound of a session: a `Recording` is one. */
export interface ExportedRecording {
  /** Mono, at 16 kHz. */
  readonly samples: number;
  read(startSample: number, endSample: number): Promise<Float32Array<ArrayBuffer>>;
  toWav(): Blob;
}

/** Whether this browser can make Opus. */
export async function canEncodeOpus(): Promise<boolean> {
  const { canEncodeOpus } = await import('../../session/opus.ts');
  return canEncodeOpus();
}

/**
 * The file. @param progress called with the part that is done, 0 to 1, where it takes time.
 * @throws DOMException when the sound cannot be read or encoded.
 */
export async function writeSound(
  format: SoundFormat,
  recording: ExportedRecording,
  progress: (done: number) => void,
): Promise<Blob> {
  if (format === 'wav') return recording.toWav();
  const { toOpus } = await import('../../session/opus.ts');
  return toOpus(recording, progress);
}
