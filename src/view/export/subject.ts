import { datedName, safeName, stemOf } from '../logic/files.ts';

/** Of whom a text is: what names the file it is saved in. A `SessionRecord` is one. */
export interface ExportedRecord {
  /** As a person named it. */
  readonly title: string | null;
  readonly source: { readonly type: 'microphone' } | { readonly type: 'file'; readonly name: string };
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

/** The name to save under, without its extension (F45). @param record `null`: what is being said now. */
export function nameOf(record: ExportedRecord | null): string {
  if (record === null) return datedName(new Date());
  if (record.title !== null) return safeName(record.title);
  return record.source.type === 'file' ? stemOf(record.source.name) : datedName(new Date(record.createdAt));
}

/** What stands above the text in formats that have a head; `null`: nobody has named it. */
export function titleOf(record: ExportedRecord | null): string | null {
  if (record === null) return null;
  return record.title ?? (record.source.type === 'file' ? stemOf(record.source.name) : null);
}
