import type { SettingsState } from '../session/state.ts';
import { interfaceLanguage } from './logic/interface-language.ts';
import type { InterfaceLanguage } from './logic/interface-language.ts';
import { en } from './messages/en.ts';
import { ja } from './messages/ja.ts';
import type { Messages } from './messages/messages.ts';

const MESSAGES: Readonly<Record<InterfaceLanguage, Messages>> = { en, ja };

/** The interface's language: the chosen one, else the browser's. */
export class Locale {
  readonly #settings: Pick<SettingsState, 'interfaceLanguage'>;
  #browser = $state.raw(navigator.languages);
  readonly #code = $derived.by(() => this.#settings.interfaceLanguage ?? interfaceLanguage(this.#browser));

  constructor(settings: Pick<SettingsState, 'interfaceLanguage'>) {
    this.#settings = settings;
  }

  get code(): InterfaceLanguage {
    return this.#code;
  }

  get messages(): Messages {
    return MESSAGES[this.#code];
  }

  /** Takes over the browser's languages as they are now. */
  refresh(): void {
    this.#browser = navigator.languages;
  }
}
