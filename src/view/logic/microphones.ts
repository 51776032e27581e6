import type { MicrophoneState, SettingsState } from '../../session/state.ts';
import type { Messages } from '../messages/messages.ts';

export interface MicrophoneOption {
  /** Empty: the system's default. */
  readonly id: string;
  readonly name: string;
}

/** The system's default first, then every device; a chosen one that is gone stays in the list and says so. */
export function microphoneOptions(
  devices: MicrophoneState['devices'],
  chosen: SettingsState['microphone'],
  words: Messages['settings'],
): MicrophoneOption[] {
  const options = devices
    .filter(({ id }) => id !== '' && id !== 'default')
    .map(({ id, label }, index) => ({ id, name: label ?? words.unnamedMicrophone(index + 1) }));
  const gone = chosen !== null && options.every(({ id }) => id !== chosen.id);
  return [
    { id: '', name: words.systemMicrophone },
    ...options,
    ...(gone ? [{ id: chosen.id, name: words.missingMicrophone(chosen.label) }] : []),
  ];
}
