import { findMicrophone, listMicrophones, watchMicrophones, type Microphone } from '../capture/devices.ts';
import type { Scope } from '../platform/scope.ts';
import type { MicrophoneState, SettingsState } from './state.ts';

/** The microphones there are, kept true while devices come and go. */
export class Microphones implements MicrophoneState {
  #devices = $state.raw<readonly Microphone[]>([]);

  constructor(scope: Scope) {
    watchMicrophones(scope, () => void this.refresh());
    void this.refresh();
  }

  get devices(): readonly Microphone[] {
    return this.#devices;
  }

  async refresh(): Promise<void> {
    this.#devices = await listMicrophones();
  }

  /** The id to open for a choice: by id, else by label, since browsers change ids. `null`: the system's default. */
  find(wanted: SettingsState['microphone']): string | null {
    return findMicrophone(this.#devices, wanted);
  }
}
