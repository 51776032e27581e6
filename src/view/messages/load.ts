import type { InterfaceLanguage } from '../logic/interface-language.ts';
import type { Messages } from './messages.ts';

/** One language is fetched, not all: what a person reads first should not wait for what they will not read. */
const LOADERS: Readonly<Record<InterfaceLanguage, () => Promise<Messages>>> = {
  en: async () => (await import('./en.ts')).en,
  ja: async () => (await import('./ja.ts')).ja,
};

export const loadMessages = (language: InterfaceLanguage): Promise<Messages> => LOADERS[language]();
