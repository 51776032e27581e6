import type { Scope } from '../platform/scope.ts';

export interface Microphone {
  readonly id: string;
  /** `null` until the permission is given: browsers hide names before. */
  readonly label: string | null;
}

/** Ids that mean "whatever the system says", listed by Chromium beside the real devices. */
const ALIASES: ReadonlySet<string> = new Set(['', 'default', 'communications']);

/** Microphones that can be chosen. Empty where the browser shows none, or has no devices at all. */
export async function listMicrophones(): Promise<Microphone[]> {
  if (!('mediaDevices' in navigator)) return [];
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices
    .filter(({ kind, deviceId }) => kind === 'audioinput' && !ALIASES.has(deviceId))
    .map(({ deviceId, label }) => ({ id: deviceId, label: label === '' ? null : label }));
}

/**
 * The id of the chosen microphone among those there are now: by id, else by name, since browsers change ids when a site's data is
 * cleared and some at every visit. An id that is gone is given back as it is: names are hidden until the permission is given, and
 * `openCapture` falls back to the default by itself.
 * @returns `null` when nothing was chosen.
 */
export function findMicrophone(
  microphones: readonly Microphone[],
  wanted: { readonly id: string; readonly label: string } | null,
): string | null {
  if (wanted === null) return null;
  const found =
    microphones.find(({ id }) => id === wanted.id) ??
    microphones.find(({ label }) => label !== null && label === wanted.label);
  return found?.id ?? wanted.id;
}

/** Calls `onChange` when a device is plugged in or out, until the scope ends. */
export function watchMicrophones(scope: Scope, onChange: () => void): void {
  if ('mediaDevices' in navigator) scope.listen(navigator.mediaDevices, 'devicechange', onChange);
}
