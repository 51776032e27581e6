import { Scope } from '../../platform/scope.ts';

/** `Sotto 2026-03-01 14.05`: local time, safe on every file system. */
export function datedName(at: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const date = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `Sotto ${date} ${two(at.getHours())}.${two(at.getMinutes())}`;
}

/** Longest name without its extension: some systems take no more than 255 bytes, and a character may be four of them. */
const MAX_NAME = 60;
/** Names that Windows keeps for devices, whatever extension they have. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i;

/** A name for a file, from any text: without what could mislead a reader or a file system (F45). */
export function safeName(text: string): string {
  const name = text.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}<>:"/\\|?*]/gu, ' ').replace(/\s+/g, ' ');
  const short = [...name]
    .slice(0, MAX_NAME)
    .join('')
    .replace(/^[\s.]+|[\s.]+$/g, '');
  return short === '' || DEVICE.test(short) ? `Sotto ${short}`.trim() : short;
}

/** {@link safeName} of a file, without its extension. */
export const stemOf = (file: string): string => safeName(file.replace(/\.[^.]{1,5}$/, ''));

/** Hands a file to the browser's downloads. */
export function saveBlob(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Safari reads the blob after the click has returned, and gigabytes take their time.
  new Scope().after(10 * 60_000, () => URL.revokeObjectURL(url));
}

export function saveText(text: string, name: string): void {
  saveBlob(new Blob([text], { type: 'text/plain;charset=utf-8' }), name);
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

/** Whether the system's share sheet takes a file of this kind. */
export function canShare(name: string, type: string): boolean {
  const probe = new File(['.'], name, { type });
  return 'canShare' in navigator && navigator.canShare({ files: [probe] });
}

/** @returns `refused` when the file is still to be handed over in another way (F49); closing the sheet is no refusal. */
export async function share(file: File): Promise<'shared' | 'closed' | 'refused'> {
  try {
    await navigator.share({ files: [file], title: file.name });
    return 'shared';
  } catch (error) {
    return error instanceof DOMException && error.name === 'AbortError' ? 'closed' : 'refused';
  }
}
