import type { SubtitleShape } from './shape.ts';

/** East Asian characters take two columns, marks that sit on the letter before them none. */
const WIDE =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\u3000-\u303f\uff01-\uff60\uffe0-\uffe6\p{Emoji_Presentation}]/u;
const ZERO = /[\p{Mn}\p{Me}\p{Cf}]/u;
const WIDE_SCRIPT = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]/u;

/** Before it, every character that is not a control is one column wide; nearly all of a Latin text is. */
const FIRST_UNUSUAL = '\u00ad';

/** How wide a text is drawn, in columns of a Latin letter. */
export function columns(text: string): number {
  let width = 0;
  for (const character of text)
    width += character < FIRST_UNUSUAL ? 1 : ZERO.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  return width;
}

/** Whether a text is counted in full-width characters. */
export const isWide = (text: string): boolean => WIDE_SCRIPT.test(text);

/** Columns of a subtitle line. @param wide see {@link isWide}. */
export function lineColumns(wide: boolean, shape: SubtitleShape): number {
  return wide ? shape.wideLineLength * 2 : shape.lineLength;
}

/** How long a subtitle of so many columns takes to read, in milliseconds. */
export function readingMs(width: number, wide: boolean, shape: SubtitleShape): number {
  return wide ? (width / 2 / shape.wideReadingSpeed) * 1000 : (width / shape.readingSpeed) * 1000;
}
