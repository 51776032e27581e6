import { Scope } from '../../platform/scope.ts';
import { WRITERS } from '../../transcript/formats/formats.ts';
import type { ExportFormat } from '../../transcript/formats/formats.ts';
import type { Transcript } from '../../transcript/transcript.ts';

/** `Sotto 2026-03-01 14.05.txt`: local time, safe on every file system. */
export function fileName(extension: string, now: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const date = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  return `Sotto ${date} ${two(now.getHours())}.${two(now.getMinutes())}.${extension}`;
}

/** Longest name without its extension: some systems take no more than 255 bytes, and a character may be four of them. */
const MAX_NAME = 60;

/** The name of a recording with another extension, without what could mislead a reader or a file system (F45). */
export function nameAfter(source: string, extension: string): string {
  const name = source
    .replace(/\.[^.]{1,5}$/, '')
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}<>:"/\\|?*]/gu, ' ')
    .replace(/\s+/g, ' ');
  const short = [...name]
    .slice(0, MAX_NAME)
    .join('')
    .replace(/^[\s.]+|[\s.]+$/g, '');
  return `${short === '' ? 'Sotto' : short}.${extension}`;
}

/** Hands the transcript to the browser's downloads. @param source name of the file it is of; without one it was recorded. */
export function saveTranscript(transcript: Transcript, format: ExportFormat, source?: string): void {
  const { mediaType, write } = WRITERS[format];
  const name = source === undefined ? fileName(format, new Date()) : nameAfter(source, format);
  saveText(write(transcript), mediaType, name);
}

/** The same for a diagnostics report. */
export function saveReport(report: string): void {
  saveText(report, WRITERS.txt.mediaType, fileName('txt', new Date()));
}

function saveText(text: string, mediaType: string, name: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: mediaType }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Safari reads the blob after the click has returned.
  new Scope().after(60_000, () => URL.revokeObjectURL(url));
}

/** @returns whether the clipboard took it; browsers refuse without focus, permission or a secure context (F49). */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
