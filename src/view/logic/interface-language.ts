export type InterfaceLanguage = 'en' | 'ja';

/** The first language of the browser's list that the interface speaks; English otherwise. */
export function interfaceLanguage(browser: readonly string[]): InterfaceLanguage {
  for (const tag of browser) {
    if (/^ja\b/i.test(tag)) return 'ja';
    if (/^en\b/i.test(tag)) return 'en';
  }
  return 'en';
}
