import type { LibraryObstacle, SessionRecord } from '../../session/library-state.ts';
import type { InterfaceLanguage } from '../logic/interface-language.ts';
import { libraryMessages as en } from './library.en.ts';
import { libraryMessages as ja } from './library.ja.ts';
import type { Words } from './messages.ts';

/** What people read in the library; loaded with it. */
export interface LibraryMessages {
  readonly record: string;
  readonly search: string;
  readonly searchHint: string;
  readonly clearSearch: string;
  readonly empty: Words;
  readonly today: string;
  readonly yesterday: string;
  /** Of a session in which nothing has been said yet. */
  readonly unnamed: string;
  readonly states: { readonly [State in Exclude<SessionRecord['state'], 'complete'>]: string };
  readonly versions: (count: number) => string;
  readonly length: string;
  readonly rename: string;
  readonly name: string;
  readonly remove: string;
  readonly count: (sessions: number) => string;
  /** @param recordingBytes the part of it that is sound; `freeBytes` could be kept beside it. */
  readonly storage: (recordingBytes: number, freeBytes: number) => string;
  /** @param more not all were counted. */
  readonly found: (hits: number, sessions: number, more: boolean) => string;
  readonly foundNothing: (query: string) => string;
  readonly foundNothingHint: string;
  readonly moreHits: (count: number) => string;
  readonly obstacles: { readonly [Obstacle in LibraryObstacle]: string };
}

export const LIBRARY_MESSAGES: Readonly<Record<InterfaceLanguage, LibraryMessages>> = { en, ja };
