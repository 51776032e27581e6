import type { Transcript } from '../transcript.ts';
import { clean } from './clean.ts';
import { readableParagraphs } from './readable.ts';
import { clockTime } from './time.ts';

/** What means something to CommonMark, GitHub's tables, strikethrough and formulas wherever it stands. */
const INLINE = /[\\`*_[\]<>&~|$]/g;
/** What means something where a line begins: headings, quotes, lists, rules. */
const BLOCK = /^(?:[#+\-=>]|\d+(?=[.)]))/;

/**
 * CommonMark: the title as a heading, a paragraph for each long pause. Speech that looks like markup is escaped (F46).
 * @param title see `clean.ts`: one line, whatever it holds; `null` for no heading.
 */
export function toMarkdown(transcript: Transcript, title: string | null, times: boolean): string {
  const paragraphs = readableParagraphs(transcript).map(({ startSample, text }) =>
    times ? `**${clockTime(startSample)}** ${inline(text)}` : block(text),
  );
  const heading = title === null || clean(title) === '' ? [] : [`# ${inline(clean(title))}`];
  const parts = [...heading, ...paragraphs];
  return parts.length === 0 ? '' : `${parts.join('\n\n')}\n`;
}

const inline = (text: string): string => text.replace(INLINE, '\\$&');

function block(text: string): string {
  return inline(text).replace(BLOCK, (start) => (/^\d/.test(start) ? `${start}\\` : `\\${start}`));
}
