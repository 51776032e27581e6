import type { SettingsState } from '../session/state.ts';
import { interfaceLanguage, type InterfaceLanguage } from './logic/interface-language.ts';
import { loadMessages } from './messages/load.ts';
import type { Messages } from './messages/messages.ts';

type Settings = Pick<SettingsState, 'interfaceLanguage'>;

interface Spoken {
  readonly code: InterfaceLanguage;
  readonly messages: Messages;
}

/** The interface's language: the chosen one, else the browser's. Changes once its words are there. */
export class Locale {
  readonly #settings: Settings;
  #browser = $state.raw(navigator.languages);
  #spoken: Spoken;

  private constructor(settings: Settings, spoken: Spoken) {
    this.#settings = settings;
    this.#spoken = $state.raw(spoken);
  }

  static async open(settings: Settings): Promise<Locale> {
    const code = wanted(settings, navigator.languages);
    return new Locale(settings, { code, messages: await loadMessages(code) });
  }

  get code(): InterfaceLanguage {
    return this.#spoken.code;
  }

  get messages(): Messages {
    return this.#spoken.messages;
  }

  /** An effect: fetches the words of the language that is wanted now. */
  async follow(): Promise<void> {
    const code = wanted(this.#settings, this.#browser);
    if (code === this.#spoken.code) return;
    const messages = await loadMessages(code);
    if (code === wanted(this.#settings, this.#browser)) this.#spoken = { code, messages };
  }

  /** Takes over the browser's languages as they are now. */
  refresh(): void {
    this.#browser = navigator.languages;
  }
}

const wanted = (settings: Settings, browser: readonly string[]): InterfaceLanguage =>
  settings.interfaceLanguage ?? interfaceLanguage(browser);
