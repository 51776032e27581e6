/** East Asian characters take two columns, marks that sit on the letter before them none. */
const WIDE =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\u3000-\u303f\uff01-\uff60\uffe0-\uffe6\p{Emoji_Presentation}]/u;
const ZERO = /[\p{Mn}\p{Me}\p{Cf}]/u;
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u;

/** How wide a text is drawn, in columns of a Latin letter. */
export function columns(text: string): number {
  let width = 0;
  for (const character of text) width += ZERO.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  return width;
}

/** Columns of a subtitle line: 42 (what broadcasters allow), 36 for Japanese and Chinese (18 characters). */
export function lineColumns(text: string): number {
  return UNSPACED.test(text) ? 36 : 42;
}
