import { committedText, type Transcript } from '../transcript.ts';
import { clean } from './clean.ts';
import { timestamp } from './time.ts';

/** What spreadsheets take for the beginning of a formula, also in full width. */
const FORMULA = /^[=+\-@＝＋－＠]/u;

/**
 * RFC 4180: a row for each segment, `start,end,language,text`, lines ending in CR LF. It begins with a byte order mark, without
 * which Excel reads anything but English wrongly. A text that a spreadsheet would compute is made text by an apostrophe, as OWASP
 * advises (F46).
 */
export function toCsv(transcript: Transcript): string {
  const rows = transcript.segments.flatMap((segment) => {
    const text = clean(committedText(segment));
    const [first, last] = [segment.committed[0], segment.committed.at(-1)];
    if (first === undefined || last === undefined || text === '') return [];
    return [[timestamp(first.startSample, '.'), timestamp(last.endSample, '.'), segment.language ?? '', text]];
  });
  const lines = [['start', 'end', 'language', 'text'], ...rows].map((row) => `${row.map(field).join(',')}\r\n`);
  return `\ufeff${lines.join('')}`;
}

function field(text: string): string {
  const inert = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
