import { samplesToSeconds } from '../../../src/audio/units.ts';
import { readMedia } from '../../../src/media/client.ts';
import { Scope } from '../../../src/platform/scope.ts';
import type { CaptureMessage } from '../../../src/recognizer/capture-protocol.ts';
import { RunFlag } from '../../../src/recognizer/run-flag.ts';
import type { Reading } from './protocol.ts';

/**
 * A file read as the app reads it (demuxed, decoded, mixed, resampled) with nobody who writes it down: every block counts as
 * recognised the moment it comes. Rejects with the failure's name.
 */
export function readAlone(file: Blob): Promise<Reading> {
  const scope = new Scope();
  const flag = new RunFlag();
  const epoch = flag.begin();
  flag.set();
  const { port1: out, port2: taken } = new MessageChannel();
  scope.add(() => taken.close());
  taken.onmessage = ({ data }: MessageEvent<CaptureMessage>) => {
    if (data.type === 'frame') flag.count('framesRecognised');
  };
  const startMs = performance.now();
  return new Promise<Reading>((resolve, reject) => {
    readMedia(scope, { file, fromSample: 0, flag: flag.buffer, epoch, out }, (event) => {
      if (event.type === 'failed') reject(new Error(event.failure.name));
      if (event.type === 'ended')
        resolve({ durationSeconds: samplesToSeconds(event.sampleIndex), readingMs: performance.now() - startMs });
    });
  }).finally(() => scope.dispose());
}
