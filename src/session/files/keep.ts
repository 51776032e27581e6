import { newSession, type VersionOrigin } from '../../library/records.ts';
import type { Transcript } from '../../transcript/transcript.ts';
import type { Library } from '../library/library.svelte.ts';
import type { Job } from './queue.ts';

/**
 * Puts the text of a finished job into the library, once: as a session with the job's id, or as one more version, with that id, of
 * the session whose recording it was made from.
 * @returns what the queue need not store any more; `null` when nothing is kept yet.
 */
export async function keepText(
  library: Library,
  job: Job,
  transcript: Transcript,
  summary: VersionOrigin,
): Promise<'job' | 'text' | null> {
  const { id, name, again } = job;
  const createdAt = Date.now();
  if (again !== null) {
    const known = library.find(again.session)?.versions.some((version) => version.id === id) === true;
    const kept =
      known || (await library.addVersion(again.session, { ...summary, id, createdAt, words: 0 }, transcript));
    return kept ? 'job' : null;
  }
  const durationSamples = job.durationSamples ?? job.resumeSample;
  const source = { type: 'file', name } as const;
  const session = newSession({ id, createdAt, summary, source, state: 'complete', durationSamples });
  return (await library.takeIn(session, transcript)) ? 'text' : null;
}
