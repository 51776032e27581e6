import type { SessionRecord, VersionSummary } from '../../session/library-state.ts';
import type { ModelId } from '../../recognizer/models.ts';
import type { DocumentMessages } from '../messages/document.ts';
import type { LibraryMessages } from '../messages/library.ts';
import { clock } from '../messages/formats.ts';
import { samplesToMs } from '../../audio/units.ts';
import { languageName } from './languages.ts';

/** A line of the list: a day or month, or a session and its place among all of them, from 1. */
export type ListItem =
  | { readonly type: 'heading'; readonly key: string; readonly text: string }
  | { readonly type: 'session'; readonly key: string; readonly record: SessionRecord; readonly place: number };

/** The sessions in the order they are given, under headings: the last two days by themselves, what is older by its month. */
export function listItems(
  sessions: readonly SessionRecord[],
  t: Pick<LibraryMessages, 'today' | 'yesterday'>,
  locale: string,
  now: Date,
): ListItem[] {
  const month = new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'long' });
  const today = now.toDateString();
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1).toDateString();
  const items: ListItem[] = [];
  let last = '';
  for (const [index, record] of sessions.entries()) {
    const date = new Date(record.createdAt);
    const day = date.toDateString();
    const text = day === today ? t.today : day === yesterday ? t.yesterday : month.format(date);
    if (text !== last) items.push({ type: 'heading', key: `${text} ${index}`, text });
    last = text;
    items.push({ type: 'session', key: record.id, record, place: index + 1 });
  }
  return items;
}

/** What a session is called: its title, else its first words, else that of its file. */
export function titleOf({ title, opening, source }: SessionRecord, t: Pick<LibraryMessages, 'unnamed'>): string {
  if (title !== null) return title;
  if (source.type === 'file') return source.name;
  return opening === '' ? t.unnamed : opening;
}

/** When, how long, in which language, by which model: what a line says of a session under its title. */
export function factsOf(
  { createdAt, durationSamples, version, versions, state }: SessionRecord,
  t: LibraryMessages,
  locale: string,
  now: Date,
): string[] {
  const date = new Date(createdAt);
  const recent = now.getTime() - createdAt < 36 * 3_600_000 && now.getTime() >= createdAt;
  const time = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' });
  const day = new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric' });
  const shown = versions.find(({ id }) => id === version);
  const language = shown === undefined || shown.language === 'auto' ? null : shown.language;
  return [
    ...(state === 'complete' ? [] : [t.states[state]]),
    recent ? time.format(date) : `${day.format(date)} ${time.format(date)}`,
    ...(durationSamples > 0 ? [clock(samplesToMs(durationSamples))] : []),
    ...(language === null ? [] : [languageName(language, locale)]),
    ...(shown === undefined ? [] : [modelName(shown.model)]),
    ...(versions.length > 1 ? [t.versions(versions.length)] : []),
  ];
}

/** A model without what it is good for: `Base`. */
export const modelName = (model: ModelId): string => model.charAt(0).toUpperCase() + model.slice(1);

/** By which model, in which language: `Base · English`. */
export function versionName(
  { model, language }: VersionSummary,
  t: Pick<DocumentMessages, 'versionOf'>,
  locale: string,
): string {
  return t.versionOf(modelName(model), language === 'auto' ? null : languageName(language, locale));
}
