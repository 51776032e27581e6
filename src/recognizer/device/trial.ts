import { transfer, wrap } from 'comlink';
import { FailureError, type FailureName } from '../../platform/failure.ts';
import type { Scope } from '../../platform/scope.ts';
import type { ModelId } from '../models.ts';
import type { WhisperApi, WhisperEvent, Work } from '../protocol.ts';
import { RunFlag } from '../run-flag.ts';
import { startWhisperWorker } from '../whisper-worker.ts';
import { loadClip } from './clip.ts';
import type { Plan } from './plan.ts';
import type { Measurement } from './verdict.ts';

/** The first pass warms up: code is compiled and memory claimed. Of the others the faster counts. */
const PASSES = 3;
/** For one plan, from the last byte downloaded to the last word. A device that needs longer is not wanted. */
const LIMIT_MS = 60_000;

/** Failures that tell something about the device. */
const OF_THE_DEVICE: readonly FailureName[] = ['engine-failed', 'out-of-memory'];

/**
 * Tries plans one after another, each in a worker of its own, which is gone afterwards: a session of nothing but the stored clip.
 *
 * @returns what came of them; `null` when the scope has ended before.
 * @throws FailureError when a download failed: that says nothing of the device.
 * @throws Error when the clip cannot be had.
 */
export async function tryPlans(scope: Scope, model: ModelId, plans: readonly Plan[]): Promise<Measurement[] | null> {
  const clip = await loadClip();
  const measured: Measurement[] = [];
  for (const plan of plans) {
    const measurement = await tryPlan(scope, model, plan, clip);
    if (measurement === null) return null;
    measured.push(measurement);
  }
  return measured;
}

function tryPlan(
  parent: Scope,
  model: ModelId,
  plan: Plan,
  clip: Float32Array<ArrayBuffer>,
): Promise<Measurement | null> {
  return new Promise((resolve, reject) => {
    const scope = parent.child();
    const passesMs: number[] = [];
    let text = '';
    const finish = (heard: string | null): void => {
      const passMs = heard === null ? Infinity : Math.min(...passesMs.slice(1));
      resolve({ plan, text: heard, passMs });
      scope.dispose();
    };
    // Settled already, unless it is ended from outside.
    scope.add(() => resolve(null));

    const worker = startWhisperWorker();
    scope.add(() => worker.terminate());
    scope.listen(worker, 'error', (event: ErrorEvent) => {
      event.preventDefault();
      finish(null);
    });
    const flag = new RunFlag();
    const epoch = flag.begin();
    flag.set();
    const events = new MessageChannel();
    const speech = new MessageChannel();
    for (const { port1 } of [events, speech]) scope.add(() => port1.close());
    events.port1.onmessage = ({ data }: MessageEvent<WhisperEvent>) => {
      if (data.type === 'preparing') scope.after(LIMIT_MS, () => finish(null));
      if (data.type === 'failed') {
        if (!OF_THE_DEVICE.includes(data.failure.name)) reject(new FailureError(data.failure));
        finish(null);
      }
      if (data.type === 'words') text = data.committed.map((word) => word.text).join('');
      if (data.type === 'pass-finished') passesMs.push(data.timing.totalMs);
      if (passesMs.length === PASSES) finish(text.trim());
    };
    let utterance = 0;
    // It pulls.
    speech.port1.onmessage = () => {
      if (utterance === PASSES) return;
      speech.port1.postMessage(workOf(epoch, ++utterance, clip));
    };
    const whisper = wrap<WhisperApi>(worker);
    const call = (sent: Promise<unknown>): void => void sent.catch(() => finish(null));
    call(whisper.init(flag.buffer, transfer(events.port2, [events.port2])));
    call(whisper.configure({ language: 'en', languages: [], task: 'transcribe', terms: [] }));
    call(whisper.connect(transfer(speech.port2, [speech.port2])));
    call(whisper.load(model, plan));
  });
}

const workOf = (epoch: number, utterance: number, clip: Float32Array): Work => ({
  type: 'work',
  epoch,
  utterance,
  pass: 'final',
  startSample: 0,
  samples: clip.slice(),
  speechEndSample: clip.length,
  continuesFrom: null,
});
