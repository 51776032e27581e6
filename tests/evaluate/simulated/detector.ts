import * as ort from 'onnxruntime-web/wasm';
import { Detector } from '../../../workers/detector/detector.ts';
import { DetectorService } from '../../../workers/detector/service.ts';
import { RemoteDetector } from '../../../workers/speech/remote-detector.ts';

/** Nobody waits for it on the virtual clock. */
const TIMEOUT_MS = 600_000;

/** The detector as the speech worker asks it, in this thread. To be closed, or the process goes on. */
export async function openDetector(model: Uint8Array): Promise<RemoteDetector> {
  const detector = await Detector.load(ort, model);
  const speech = new MessageChannel();
  const service = new DetectorService(() => Promise.resolve(detector), Promise.resolve(''));
  return new Promise((resolve, reject) => {
    const remote = new RemoteDetector(speech.port2, TIMEOUT_MS, {
      ready: () => resolve(remote),
      failed: ({ name }) => reject(new Error(`the voice detector: ${name}`)),
    });
    service.init(speech.port1, new MessageChannel().port1);
  });
}
