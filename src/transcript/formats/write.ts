import type { Transcript } from '../transcript.ts';
import { toCsv } from './csv.ts';
import { MEDIA_TYPES, type ExportFormat } from './formats.ts';
import { toJson } from './json.ts';
import { toMarkdown } from './markdown.ts';
import { readableParagraphs } from './readable.ts';
import type { SubtitleShape } from './shape.ts';
import { toSrt } from './srt.ts';
import { toText } from './text.ts';
import { clockTime } from './time.ts';
import { toVtt } from './vtt.ts';

export interface WriteOptions {
  /** Heads what has a head (md, docx, json); `null`: none. */
  readonly title: string | null;
  /** Whether paragraphs for reading (txt, md, docx) begin with their time. */
  readonly times: boolean;
  /** Of srt and vtt. */
  readonly shape: SubtitleShape;
}

/** What a file of this format says: all of it, or of `docx`, which is no text, what people read in it. */
export function writeText(format: ExportFormat, transcript: Transcript, options: WriteOptions): string {
  const { title, times, shape } = options;
  switch (format) {
    case 'txt':
      return toText(transcript, times);
    case 'md':
      return toMarkdown(transcript, title, times);
    case 'docx':
      return [...(title === null ? [] : [title]), ...spokenLines(transcript, times)].join('\n\n');
    case 'srt':
      return toSrt(transcript, shape);
    case 'vtt':
      return toVtt(transcript, shape);
    case 'json':
      return toJson(transcript, title);
    case 'csv':
      return toCsv(transcript);
  }
}

function spokenLines(transcript: Transcript, times: boolean): string[] {
  return readableParagraphs(transcript).map(({ startSample, text }) =>
    times ? `${clockTime(startSample)} ${text}` : text,
  );
}

/** The file itself. @param now the date inside it, where there is one. */
export async function writeFile(
  format: ExportFormat,
  transcript: Transcript,
  options: WriteOptions,
  now: Date,
): Promise<Blob> {
  if (format !== 'docx') return new Blob([writeText(format, transcript, options)], { type: MEDIA_TYPES[format] });
  const { toDocx } = await import('./docx.ts');
  return toDocx(transcript, options, now);
}
