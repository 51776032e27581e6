import type { StoredFile } from '../../library/file-library.ts';
import type { FilePhase } from '../state.ts';
import type { Job } from './queue.ts';

/** A job as it was kept, back in the queue. @param readable whether its file can be read without asking. */
export function restoredJob(stored: StoredFile, readable: boolean): Job {
  const { id, name, bytes, resumeSample, durationSamples, damaged, failure } = stored;
  return {
    id,
    name,
    bytes,
    phase: stored.phase !== 'waiting' ? stored.phase : readable ? 'queued' : 'needs-file',
    resumeSample,
    positionSample: resumeSample,
    durationSamples,
    damaged,
    failure,
  };
}

/** What a job's phase is on disk: what it was doing when the tab died is waiting to be done. */
export function storedPhase(phase: FilePhase): StoredFile['phase'] {
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
