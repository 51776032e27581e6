import type { Transcript } from '../transcript.ts';
import { toJson } from './json.ts';
import { toSrt } from './srt.ts';
import { toText } from './text.ts';
import { toVtt } from './vtt.ts';

/** File name extensions, in the order people are offered them. */
export const EXPORT_FORMATS = ['txt', 'srt', 'vtt', 'json'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

interface Writer {
  readonly mediaType: string;
  write(transcript: Transcript): string;
}

export const WRITERS: Readonly<Record<ExportFormat, Writer>> = {
  txt: { mediaType: 'text/plain;charset=utf-8', write: toText },
  srt: { mediaType: 'application/x-subrip;charset=utf-8', write: toSrt },
  vtt: { mediaType: 'text/vtt;charset=utf-8', write: toVtt },
  json: { mediaType: 'application/json', write: toJson },
};
