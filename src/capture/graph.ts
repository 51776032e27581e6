import { SAMPLE_RATE } from '../audio/units.ts';
import type { Scope } from '../platform/scope.ts';
import workletUrl from '../../workers/capture.worklet.ts?worker&url';

export interface CaptureGraph {
  readonly context: AudioContext;
  readonly node: AudioWorkletNode;
}

/**
 * Microphone → worklet at 16 kHz, where the browser resamples well and for nothing; at the device's own rate where it refuses
 * (https://bugzilla.mozilla.org/show_bug.cgi?id=1725336), to be resampled in the speech worker.
 * @param scope closes the context when it ends.
 */
export async function buildGraph(scope: Scope, stream: MediaStream): Promise<CaptureGraph> {
  const attempt = scope.child();
  try {
    return await connect(attempt, new AudioContext({ sampleRate: SAMPLE_RATE }), stream);
  } catch (error) {
    attempt.dispose();
    if (!(error instanceof DOMException) || error.name !== 'NotSupportedError') throw error;
    return connect(scope, new AudioContext(), stream);
  }
}

async function connect(scope: Scope, context: AudioContext, stream: MediaStream): Promise<CaptureGraph> {
  scope.add(() => {
    // Rejects when the browser has closed it already.
    context.close().catch(() => undefined);
  });
  const source = context.createMediaStreamSource(stream);
  await context.audioWorklet.addModule(workletUrl);
  // Without outputs it runs unconnected, and nothing is ever played.
  const node = new AudioWorkletNode(context, 'capture', { numberOfInputs: 1, numberOfOutputs: 0 });
  source.connect(node);
  scope.add(() => source.disconnect());
  return { context, node };
}
