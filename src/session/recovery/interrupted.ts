import { msToSamples } from '../../audio/units.ts';
import { newSession, type SessionRecord, type VersionOrigin } from '../../library/records.ts';
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
 * @param keepAudio whether sound stays when its text is final.
 * @returns the latest first.
 */
export async function findInterrupted(
  library: SessionLibrary,
  summary: VersionOrigin,
  keepAudio: boolean,
): Promise<Interrupted[]> {
  const records = await library.list();
  // Asked afterwards: who has begun in between is seen.
  const [recordings, inHand] = await Promise.all([listRecordings(), recordingsInHand()]);
  const known = new Map(records.map((record) => [record.id, record]));
  const found: Interrupted[] = [];
  for (const record of records) {
    const { id, state } = record;
    if (state !== 'interrupted' || inHand.has(id)) continue;
    const recording = await openRecording(id);
    // A newer version of the app knows what to do with what cannot be opened (F8).
    if (recording === null && recordings.includes(id)) continue;
    if (recording !== null && (await isLeft(library, record, recording))) found.push({ record, recording });
    else if (recording === null) await closeWithout(library, record);
  }
  for (const id of recordings) {
    if (inHand.has(id)) continue;
    const record = known.get(id);
    if (record?.state === 'complete' && record.recording === null) await tidy(library, id, keepAudio);
    if (record !== undefined || (await library.knows(id))) continue;
    const adopted = await adopt(library, id, summary);
    if (adopted !== null) found.push(adopted);
  }
  return found.sort((a, b) => b.record.createdAt - a.record.createdAt);
}

/** What is in use just now goes another time. */
const forget = (id: string): Promise<void> => removeRecording(id).catch(() => undefined);

/** Sound of which its session knows nothing: it was to be deleted and was in use, or its page died in between. */
async function tidy(library: SessionLibrary, id: string, keepAudio: boolean): Promise<void> {
  const recording = keepAudio ? await openRecording(id) : null;
  if (recording !== null) await library.save(id, { recording: sizeOf(recording) });
  else if (!keepAudio) await forget(id);
}

const sizeOf = (recording: Recording) => ({ samples: recording.samples, bytes: recording.bytes() });

/** Whether something of it is left to write down; what there is of it goes into the row in any case. */
async function isLeft(library: SessionLibrary, record: SessionRecord, recording: Recording): Promise<boolean> {
  const { id, opening } = record;
  if (recording.samples < NOTHING_SAMPLES) {
    await forget(id);
    await closeWithout(library, record);
    return false;
  }
  const text = await library.readTranscript(id);
  const whole = opening !== '' && isWhole(text ?? EMPTY_TRANSCRIPT, recording.journal);
  await library.save(id, {
    recording: sizeOf(recording),
    durationSamples: recording.samples,
    state: whole ? 'complete' : 'interrupted',
  });
  return !whole;
}

/** There is no sound to go on from: its text is all there will be, or there was nothing. */
async function closeWithout(library: SessionLibrary, { id, opening }: SessionRecord): Promise<void> {
  if (opening !== '') await library.save(id, { state: 'complete', recording: null });
  else if (await library.remove(id)) await library.purge(id);
}

/** Sound without a session: the page died before it could write down that it records. */
async function adopt(library: SessionLibrary, id: string, summary: VersionOrigin): Promise<Interrupted | null> {
  const recording = await openRecording(id);
  // A newer version of the app knows what to do with it (F8).
  if (recording === null) return null;
  if (recording.samples < NOTHING_SAMPLES) {
    await forget(id);
    return null;
  }
  const createdAt = recording.journal.startedAt ?? Date.now();
  const record = newSession({
    id,
    createdAt,
    summary,
    source: { type: 'microphone' },
    state: 'interrupted',
    durationSamples: recording.samples,
    recording: sizeOf(recording),
  });
  await library.create(record);
  return { record: { ...record, revision: 0 }, recording };
}
