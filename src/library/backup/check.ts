import { failureOf, FailureError } from '../../platform/failure.ts';
import { isLanguage } from '../../recognizer/languages.ts';
import { MODEL_IDS } from '../../recognizer/models.ts';
import type { NewSession, SessionSource, VersionSummary } from '../records.ts';

type Reason = 'not-a-backup' | 'damaged' | 'newer-version';
type Fields = Partial<Record<string, unknown>>;

export const refused = (reason: Reason): FailureError => new FailureError({ name: 'backup-unreadable', reason });

/** Names folders and entries: nothing that means something to a file system (F47). */
const ID = /^[\w-]{1,64}$/;
export const isId = (value: unknown): value is string => typeof value === 'string' && ID.test(value);
export const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

export function fieldsOf(value: unknown): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw refused('damaged');
  return value;
}

/** @throws FailureError when it is no JSON. */
export function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refused('damaged');
  }
}

/**
 * A row as it may come into the library: every field is what it has to be, and there is none besides.
 * @throws FailureError `backup-unreadable`.
 */
export function sessionOf(value: unknown): NewSession {
  const { id, createdAt, changedAt, title, opening, source, durationSamples, state, recording, version, versions } =
    fieldsOf(value);
  const listed = Array.isArray(versions) ? versions.map(versionOf) : [];
  const known = isId(id) && isCount(createdAt) && isCount(changedAt) && isCount(durationSamples);
  const worded = (title === null || typeof title === 'string') && typeof opening === 'string';
  const whole = state === 'complete' || state === 'interrupted';
  if (!known || !worded || !whole || !listed.some((one) => one.id === version)) throw refused('damaged');
  return {
    ...{ id, createdAt, changedAt, title, opening, durationSamples, state, versions: listed },
    version: String(version),
    source: sourceOf(source),
    recording: recording === null ? null : soundOf(recording),
  };
}

function versionOf(value: unknown): VersionSummary {
  const { id, model, language, task, createdAt, words } = fieldsOf(value);
  const known = MODEL_IDS.find((one) => one === model);
  const spoken = language === 'auto' || (typeof language === 'string' && isLanguage(language)) ? language : null;
  const done = task === 'transcribe' || task === 'translate' ? task : null;
  if (typeof id !== 'string' || known === undefined || spoken === null || done === null) throw refused('damaged');
  if (!isCount(createdAt) || !isCount(words)) throw refused('damaged');
  return { id, model: known, language: spoken, task: done, createdAt, words };
}

function sourceOf(value: unknown): SessionSource {
  const { type, name } = fieldsOf(value);
  if (type === 'microphone') return { type };
  if (type !== 'file' || typeof name !== 'string') throw refused('damaged');
  return { type, name };
}

function soundOf(value: unknown): NonNullable<NewSession['recording']> {
  const { samples, bytes } = fieldsOf(value);
  if (!isCount(samples) || !isCount(bytes)) throw refused('damaged');
  return { samples, bytes };
}

/** Whatever else goes wrong with a file that was brought: what a transcript in it says of itself is about the backup. */
export function asRefusal(error: unknown): unknown {
  return failureOf(error)?.name === 'transcript-unreadable' ? refused('damaged') : error;
}
