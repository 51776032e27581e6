import { joint } from '../transcript/paragraphs.ts';
import { committedText, type Transcript } from '../transcript/transcript.ts';
import { OPENING_LENGTH } from './records.ts';

/** The first words of a text, in at most so many characters; a last one that is cut has an ellipsis. */
export function openingOf({ segments }: Transcript): string {
  let text = '';
  for (const segment of segments) {
    const said = committedText(segment);
    text += joint(text, said) + said;
    if (text.length > 2 * OPENING_LENGTH) break;
  }
  const characters = [...text];
  if (characters.length <= OPENING_LENGTH) return text;
  const cut = characters.slice(0, OPENING_LENGTH - 1).join('');
  const space = cut.lastIndexOf(' ');
  return `${(space > cut.length / 2 ? cut.slice(0, space) : cut).trimEnd()}…`;
}

export const wordCount = ({ segments }: Transcript): number =>
  segments.reduce((sum, { committed }) => sum + committed.length, 0);
