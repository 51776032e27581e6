import type { Command } from '../document/keys.ts';
import type { InterfaceLanguage } from '../logic/interface-language.ts';
import { documentMessages as en } from './document.en.ts';
import { documentMessages as ja } from './document.ja.ts';
import type { Words } from './messages.ts';

/** What people read in an open document; loaded with it. */
export interface DocumentMessages {
  readonly library: string;
  readonly title: string;
  readonly untitled: string;
  readonly missing: Words;
  readonly text: string;
  /** Of a paragraph, for those who do not see it. @param time at which it begins. */
  readonly paragraph: (time: string) => string;
  readonly playFrom: (time: string) => string;
  readonly empty: string;
  /** While a tab records it. */
  readonly recording: string;
  readonly interrupted: string;
  /** Another tab has changed the same words. */
  readonly conflict: Words;
  readonly version: string;
  readonly versionOf: (model: string, language: string | null) => string;
  readonly saved: string;
  readonly saving: string;
  readonly undo: string;
  readonly redo: string;
  readonly export: string;
  readonly unsure: Words;
  readonly find: {
    readonly open: string;
    readonly label: string;
    readonly replacement: string;
    readonly matchCase: string;
    readonly next: string;
    readonly previous: string;
    readonly replace: string;
    readonly replaceAll: string;
    readonly close: string;
    /** `3 of 12`. */
    readonly count: (index: number, count: number) => string;
    readonly nothing: string;
    readonly replaced: (count: number) => string;
  };
  readonly player: {
    readonly label: string;
    readonly play: string;
    readonly pause: string;
    readonly back: string;
    readonly forward: string;
    readonly speed: string;
    readonly speedOf: (speed: number) => string;
    readonly position: string;
    /** `0:42 of 12:05`. */
    readonly at: (position: string, duration: string) => string;
    readonly follow: string;
    readonly failed: string;
    readonly notKept: string;
    /** A microphone is open. */
    readonly hushed: string;
  };
  readonly shortcuts: {
    readonly title: string;
    readonly commands: { readonly [Name in Command]: string };
    readonly seek: string;
    readonly seekKeys: string;
    readonly split: string;
    readonly join: string;
    /** Of keys that belong to writing while one writes. */
    readonly elsewhere: string;
    readonly command: string;
  };
}

export const DOCUMENT_MESSAGES: Readonly<Record<InterfaceLanguage, DocumentMessages>> = { en, ja };
