import { en } from '../messages/en.ts';
import { ja } from '../messages/ja.ts';
import type { Messages } from '../messages/messages.ts';
import { interfaceLanguage, type InterfaceLanguage } from './interface-language.ts';

/** What to say, and in which language, where there are no settings: as the browser says. */
export function browserMessages(): { readonly code: InterfaceLanguage; readonly messages: Messages } {
  const code = interfaceLanguage(navigator.languages);
  return { code, messages: code === 'ja' ? ja : en };
}
