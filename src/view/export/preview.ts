import type { Transcript } from '../../transcript/transcript.ts';
import { writeText, type WriteOptions } from '../../transcript/formats/write.ts';
import type { ExportFormat } from '../../transcript/formats/formats.ts';

/** So much of the speech is looked at: enough for the lines below in every format, and little beside ten hours. */
const SEGMENTS = 32;
const LINES = 24;

/** The first lines of what would be saved. */
export function previewOf(format: ExportFormat, transcript: Transcript, options: WriteOptions): string {
  const first = { segments: transcript.segments.filter(({ committed }) => committed.length > 0).slice(0, SEGMENTS) };
  const lines = writeText(format, first, options)
    .replace(/^\ufeff/, '')
    .trimEnd()
    .split(/\r?\n/);
  return lines.length > LINES ? `${lines.slice(0, LINES).join('\n')}\n…` : lines.join('\n');
}
