import { transfer, wrap } from 'comlink';
import { FailureError, type FailureName } from '../../platform/failure.ts';
import type { Scope } from '../../platform/scope.ts';
import type { ModelId } from '../models.ts';
import type { WhisperApi, WhisperEvent, Work } from '../protocol.ts';
import { RunFlag } from '../run-flag.ts';
import { startWhisperWorker } from '../whisper-worker.ts';
import { loadClip } from './clip.ts';
import { isSketch, nextExercise, warmPassMs, type Exercise } from './course.ts';
import type { Plan } from './plan.ts';
import type { Measurement } from './verdict.ts';

/** For one pass, the first one from the last byte downloaded. A device that needs longer is not wanted. */
const LIMIT_MS = 90_000;

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
    const toBeatMs = Math.min(...measured.map(({ passMs }) => passMs));
    const measurement = await tryPlan(scope, model, plan, toBeatMs, clip);
    if (measurement === null) return null;
    measured.push(measurement);
  }
  return measured;
}

function tryPlan(
  parent: Scope,
  model: ModelId,
  plan: Plan,
  toBeatMs: number,
  clip: Float32Array<ArrayBuffer>,
): Promise<Measurement | null> {
  return new Promise((resolve, reject) => {
    const scope = parent.child();
    const passesMs: number[] = [];
    let text = '';
    const finish = (heard: string | null): void => {
      resolve({ plan, text: heard, passMs: heard === null ? Infinity : warmPassMs(plan, passesMs) });
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
    let stopWatchdog = (): void => undefined;
    const watch = (): void => {
      stopWatchdog();
      stopWatchdog = scope.after(LIMIT_MS, () => finish(null));
    };
    const events = new MessageChannel();
    const speech = new MessageChannel();
    for (const { port1 } of [events, speech]) scope.add(() => port1.close());
    let pulled = false;
    /** When it has asked for the next pass and told of the last one: they come on two ports. */
    const proceed = (): void => {
      if (!pulled || passesMs.length < sent) return;
      const exercise = nextExercise(plan, passesMs, toBeatMs);
      if (exercise === null) return finish(heardIn(text, plan, passesMs));
      pulled = false;
      sent++;
      text = '';
      speech.port1.postMessage(workOf(epoch, exercise, clip));
    };
    let sent = 0;
    events.port1.onmessage = ({ data }: MessageEvent<WhisperEvent>) => {
      if (data.type === 'preparing') watch();
      if (data.type === 'failed') {
        if (!OF_THE_DEVICE.includes(data.failure.name)) reject(new FailureError(data.failure));
        finish(null);
      }
      if (data.type === 'words') text = [...data.committed, ...data.tentative].map((word) => word.text).join('');
      if (data.type !== 'pass-finished') return;
      passesMs.push(data.timing.totalMs);
      watch();
      proceed();
    };
    speech.port1.onmessage = () => {
      pulled = true;
      proceed();
    };
    const whisper = wrap<WhisperApi>(worker);
    const call = (request: Promise<unknown>): void => void request.catch(() => finish(null));
    call(whisper.init(flag.buffer, transfer(events.port2, [events.port2])));
    call(whisper.configure({ language: 'en', languages: [], task: 'transcribe', terms: [] }));
    call(whisper.connect(transfer(speech.port2, [speech.port2])));
    call(whisper.load(model, plan));
  });
}

/** A sketch of which nothing can be read is no wrong text: with so little context a model may begin to repeat itself. */
function heardIn(text: string, plan: Plan, passesMs: readonly number[]): string | null {
  const heard = text.trim();
  return heard === '' && isSketch(plan, passesMs.length - 1) ? null : heard;
}

const workOf = (epoch: number, exercise: Exercise, clip: Float32Array): Work => ({
  type: 'work',
  epoch,
  ...exercise,
  startSample: 0,
  samples: clip.slice(),
  speechEndSample: clip.length,
  continuesFrom: null,
});
