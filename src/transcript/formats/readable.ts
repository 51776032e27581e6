import type { Language } from '../../recognizer/languages.ts';
import { joint, paragraphsOf } from '../paragraphs.ts';
import { committedText, type Transcript } from '../transcript.ts';
import { clean } from './clean.ts';

/** A paragraph as people read it: one line of inert text. */
export interface ReadableParagraph {
  /** Where its first word begins. */
  readonly startSample: number;
  readonly language: Language | null;
  readonly text: string;
}

/** The committed text, paragraph by paragraph; those without a word are left out. */
export function readableParagraphs(transcript: Transcript): ReadableParagraph[] {
  return paragraphsOf(transcript).flatMap(({ segments }) => {
    const spoken = segments.filter(({ committed }) => committed.length > 0);
    const text = spoken
      .map((segment) => clean(committedText(segment)))
      .reduce((line, next) => (next === '' ? line : line + joint(line, next) + next), '');
    const first = spoken[0]?.committed[0];
    if (first === undefined || text === '') return [];
    return [{ startSample: first.startSample, language: spoken[0]?.language ?? null, text }];
  });
}
