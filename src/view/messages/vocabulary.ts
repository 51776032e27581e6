import type { InterfaceLanguage } from '../logic/interface-language.ts';
import type { Words } from './messages.ts';
import { vocabularyMessages as en } from './vocabulary.en.ts';
import { vocabularyMessages as ja } from './vocabulary.ja.ts';

/** What people read where they enter names and replacements; loaded with it. */
export interface VocabularyMessages {
  readonly terms: Words;
  /** In the empty field: one a line. */
  readonly termsExample: string;
  readonly termCount: (count: number) => string;
  readonly replacements: Words;
  readonly heard: string;
  readonly written: string;
  readonly heardExample: string;
  readonly writtenExample: string;
  /** Names a field of the list. @param position from 1. */
  readonly inRow: (field: string, position: number) => string;
  readonly remove: (heard: string) => string;
}

export const VOCABULARY_MESSAGES: Readonly<Record<InterfaceLanguage, VocabularyMessages>> = { en, ja };
