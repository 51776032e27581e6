import type { InterfaceLanguage } from '../logic/interface-language.ts';
import { versionMessages as en } from './versions.en.ts';
import { versionMessages as ja } from './versions.ja.ts';

/** What people read of the transcriptions of one session; loaded with it. */
export interface VersionMessages {
  readonly title: string;
  /** Of the list. */
  readonly shown: string;
  readonly facts: (date: string, words: number) => string;
  readonly remove: string;
  readonly again: {
    readonly title: string;
    readonly text: string;
    readonly start: string;
    /** There is no sound to go on from. */
    readonly noSound: string;
    readonly doing: (model: string) => string;
    readonly bar: string;
    readonly nothing: string;
    readonly ready: (model: string) => string;
    readonly show: string;
  };
}

export const VERSION_MESSAGES: Readonly<Record<InterfaceLanguage, VersionMessages>> = { en, ja };
