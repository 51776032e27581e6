import { LANGUAGES, isLanguage } from '../../recognizer/languages.ts';
import type { Language } from '../../recognizer/languages.ts';

/** Whisper's codes that the web spells otherwise. */
const WEB_CODES: Partial<Record<Language, string>> = { jw: 'jv' };

/** The BCP 47 tag of a spoken language, for `lang` attributes and `Intl`. */
export const languageTag = (language: Language): string => WEB_CODES[language] ?? language;

export interface NamedLanguage {
  readonly code: Language;
  readonly name: string;
}

/** Every language by its name in the interface's language, in that language's order. */
export function namedLanguages(locale: string): NamedLanguage[] {
  const { compare } = new Intl.Collator(locale);
  return LANGUAGES.map((code) => ({ code, name: languageName(code, locale) })).sort((a, b) => compare(a.name, b.name));
}

export function languageName(language: Language, locale: string): string {
  const name = displayNames(locale).of(languageTag(language)) ?? language;
  return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1);
}

/** Made once: a menu names all languages, and each of these loads the names of all. */
const NAMES = new Map<string, Intl.DisplayNames>();

function displayNames(locale: string): Intl.DisplayNames {
  const names = NAMES.get(locale) ?? new Intl.DisplayNames(locale, { type: 'language' });
  NAMES.set(locale, names);
  return names;
}

/** Languages someone is likely to choose: those chosen before, then those the browser asks for, without repeats. */
export function likelyLanguages(chosen: readonly Language[], browser: readonly string[]): Language[] {
  const asked = browser.map((tag) => new Intl.Locale(tag).language).filter(isLanguage);
  return [...new Set([...chosen, ...asked])];
}
