import { msToSamples } from '../../audio/units.ts';
import type { NewSession, SessionRecord, VersionSummary } from '../../library/records.ts';
import {
  listRecordings,
  openRecording,
  recordingsInHand,
  removeRecording,
  type Recording,
} from '../../library/recordings.ts';
import type { SessionLibrary } from '../../library/session-library.ts';
import { EMPTY_TRANSCRIPT } from '../../transcript/transcript.ts';
import { isWhole } from './rest.ts';

/** Nobody says anything in less. */
const NOTHING_SAMPLES = msToSamples(300);

/** A session of which not everything is written down. */
export interface Interrupted {
  readonly record: SessionRecord;
  readonly recording: Recording;
}

/**
 * Looks through what is kept for recordings that broke off, and tidies up: what is complete after all is said to be, what holds
 * nothing is taken away, and sound that no session knows gets one. Leaves alone what any tab has in hand.
 * @param summary of a session that is found as sound alone.
 * @returns the latest first.
 */
export async function findInterrupted(
  library: SessionLibrary,
  summary: Omit<VersionSummary, 'id' | 'createdAt' | 'words'>,
): Promise<Interrupted[]> {
  const records = await library.list();
  // Asked afterwards: who has begun in between is seen.
  const [recordings, inHand] = await Promise.all([listRecordings(), recordingsInHand()]);
  const known = new Map(records.map((record) => [record.id, record]));
  const found: Interrupted[] = [];
  for (const record of records) {
    if (record.state !== 'interrupted' || inHand.has(record.id)) continue;
    const recording = await settle(library, record, await openRecording(record.id));
    if (recording !== null) found.push({ record, recording });
  }
  for (const id of recordings) {
    if (inHand.has(id)) continue;
    const record = known.get(id);
    if (record?.state === 'complete' && record.recording === null) await forget(id);
    if (record !== undefined || (await library.knows(id))) continue;
    const adopted = await adopt(library, id, summary);
    if (adopted !== null) found.push(adopted);
  }
  return found.sort((a, b) => b.record.createdAt - a.record.createdAt);
}

/** What is in use just now goes another time. */
const forget = (id: string): Promise<void> => removeRecording(id).catch(() => undefined);

/** @returns the recording, if something of it is left to write down. */
async function settle(
  library: SessionLibrary,
  record: SessionRecord,
  recording: Recording | null,
): Promise<Recording | null> {
  const { id, opening } = record;
  if (recording === null || recording.samples < NOTHING_SAMPLES) {
    if (opening !== '') await library.save(id, { state: 'complete', recording: null });
    else if (await library.remove(id)) await library.purge(id);
    return null;
  }
  const kept = { samples: recording.samples, bytes: recording.bytes() };
  const complete = isWhole((await library.readTranscript(id)) ?? EMPTY_TRANSCRIPT, recording.journal);
  await library.save(id, {
    recording: kept,
    durationSamples: recording.samples,
    state: complete ? 'complete' : 'interrupted',
  });
  return complete ? null : recording;
}

/** Sound without a session: the page died before it could write down that it records. */
async function adopt(
  library: SessionLibrary,
  id: string,
  summary: Omit<VersionSummary, 'id' | 'createdAt' | 'words'>,
): Promise<Interrupted | null> {
  const recording = await openRecording(id);
  // A newer version of the app knows what to do with it (F8).
  if (recording === null) return null;
  if (recording.samples < NOTHING_SAMPLES) {
    await forget(id);
    return null;
  }
  const createdAt = recording.journal.startedAt ?? Date.now();
  const record: NewSession = {
    id,
    createdAt,
    changedAt: createdAt,
    title: null,
    opening: '',
    source: { type: 'microphone' },
    durationSamples: recording.samples,
    state: 'interrupted',
    recording: { samples: recording.samples, bytes: recording.bytes() },
    version: '1',
    versions: [{ ...summary, id: '1', createdAt, words: 0 }],
  };
  await library.create(record);
  return { record: { ...record, revision: 0 }, recording };
}
