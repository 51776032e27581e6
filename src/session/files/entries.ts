import { samplesToMs } from '../../audio/units.ts';
import type { StoredFile } from '../../library/file-library.ts';
import { newSession, type NewSession } from '../../library/records.ts';
import type { ModelId } from '../../recognizer/models.ts';
import type { RecognitionSettings } from '../../recognizer/protocol.ts';
import type { FileItem, FilePhase } from '../state.ts';
import type { Pace } from './pace.ts';
import { isRunning, type Job } from './queue.ts';
import type { Source } from './sources.ts';

/** A job for a file that was just opened. */
export const newJob = (id: string, { name, size }: File): Job => ({
  id,
  name,
  bytes: size,
  language: null,
  phase: 'queued',
  resumeSample: 0,
  positionSample: 0,
  durationSamples: null,
  damaged: false,
  failure: null,
});

/** A job as it was kept, back in the queue. @param readable whether its file can be read without asking. */
export function restoredJob(stored: StoredFile, readable: boolean): Job {
  const { id, name, bytes, resumeSample, durationSamples, damaged, failure } = stored;
  return {
    id,
    name,
    bytes,
    language: stored.language ?? null,
    phase: stored.phase !== 'waiting' ? stored.phase : readable ? 'queued' : 'needs-file',
    resumeSample,
    positionSample: resumeSample,
    durationSamples,
    damaged,
    failure,
  };
}

/** What is kept of a job. */
export function storedFile(job: Job, order: number, { handle, fingerprint }: Source): StoredFile {
  const { id, name, bytes, language, resumeSample, durationSamples, damaged, failure } = job;
  const phase = storedPhase(job.phase);
  return {
    id,
    order,
    name,
    bytes,
    language,
    fingerprint,
    handle,
    phase,
    resumeSample,
    durationSamples,
    damaged,
    failure,
  };
}

/** What becomes of a finished job in the library: a session of the same id. @param createdAt milliseconds since the epoch. */
export function sessionOf(
  { id, name, language, durationSamples, resumeSample }: Job,
  model: ModelId,
  settings: RecognitionSettings,
  createdAt: number,
): NewSession {
  const summary = { model, language: language ?? settings.language, task: settings.task };
  return newSession({
    id,
    createdAt,
    summary,
    source: { type: 'file', name },
    state: 'complete',
    durationSamples: durationSamples ?? resumeSample,
  });
}

/** What was under way when the tab died is waiting to be done. */
function storedPhase(phase: FilePhase): StoredFile['phase'] {
  switch (phase) {
    case 'paused':
    case 'done':
    case 'cancelled':
    case 'failed':
      return phase;
    default:
      return 'waiting';
  }
}

/** A job as it is shown. */
export function fileItem(job: Job, pace: Pace): FileItem {
  const { id, name, phase, language, positionSample, durationSamples, damaged, failure } = job;
  const left = durationSamples === null ? null : Math.max(0, durationSamples - positionSample);
  return {
    id,
    name,
    phase,
    language,
    positionMs: samplesToMs(positionSample),
    durationMs: durationSamples === null ? null : samplesToMs(durationSamples),
    secondsLeft: left === null || !isRunning(job) ? null : pace.secondsFor(left),
    damaged,
    failure,
  };
}
