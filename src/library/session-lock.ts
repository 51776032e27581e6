import type { SessionRecord } from './records.ts';

/** Held by the tab that records a session; the browser takes it back when the tab dies. */
const name = (id: string): string => `sotto-session:${id}`;

/** Says that this tab records the session, until the returned function is called. */
export function holdSession(id: string): () => void {
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  // Where the browser keeps nothing it has no locks either.
  navigator.locks.request(name(id), () => held).catch(() => undefined);
  return () => release();
}

/** Those that say they are being recorded, and nobody does. */
export async function abandoned(records: readonly SessionRecord[]): Promise<SessionRecord[]> {
  const recording = records.filter(({ state }) => state === 'recording');
  if (recording.length === 0) return [];
  const { held = [], pending = [] } = await navigator.locks.query();
  const names = new Set([...held, ...pending].map((lock) => lock.name));
  return recording.filter(({ id }) => !names.has(name(id)));
}
