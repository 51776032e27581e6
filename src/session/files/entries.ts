import { samplesToMs } from '../../audio/units.ts';
import type { StoredFile } from '../../library/file-library.ts';
import type { AgainRequest, FileItem, FilePhase } from '../state.ts';
import type { Pace } from './pace.ts';
import { isRunning, type Job } from './queue.ts';
import type { Source } from './sources.ts';

/** A job for a file that was just opened. */
export const newJob = (id: string, { name, size }: Pick<File, 'name' | 'size'>): Job => ({
  id,
  name,
  bytes: size,
  language: null,
  again: null,
  phase: 'queued',
  resumeSample: 0,
  positionSample: 0,
  durationSamples: null,
  damaged: false,
  failure: null,
});

/** A job for a recording that is transcribed once more. */
export const jobAgain = (id: string, { name, language, ...again }: AgainRequest): Job => ({
  ...newJob(id, { name, size: 0 }),
  language,
  again,
});

/** A job as it was kept, back in the queue. @param readable whether its file can be read without asking. */
export function restoredJob(stored: StoredFile, readable: boolean): Job {
  const { id, name, bytes, resumeSample, durationSamples, damaged, failure } = stored;
  return {
    id,
    name,
    bytes,
    language: stored.language ?? null,
    again: stored.again ?? null,
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
  const { id, name, bytes, language, again, resumeSample, durationSamples, damaged, failure } = job;
  const phase = storedPhase(job.phase);
  return {
    id,
    order,
    name,
    bytes,
    language,
    again,
    fingerprint,
    handle,
    phase,
    resumeSample,
    durationSamples,
    damaged,
    failure,
  };
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
  const { id, name, phase, language, again, positionSample, durationSamples, damaged, failure } = job;
  const left = durationSamples === null ? null : Math.max(0, durationSamples - positionSample);
  return {
    id,
    name,
    phase,
    language,
    again,
    positionMs: samplesToMs(positionSample),
    durationMs: durationSamples === null ? null : samplesToMs(durationSamples),
    secondsLeft: left === null || !isRunning(job) ? null : pace.secondsFor(left),
    damaged,
    failure,
  };
}
