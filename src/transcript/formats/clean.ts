/** Characters that steer a terminal, a parser or the direction of text and never belong to speech, and those no XML may hold. */
const CONTROLS = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069\ufeff\ufffe\uffff]+/gu;
/** Half a character: no encoding can write it. */
const LONE_SURROGATES = /\p{Cs}/gu;

/** One line of inert text: controls and line breaks become single spaces, the ends are trimmed. */
export function clean(text: string): string {
  return text.replace(CONTROLS, ' ').replace(LONE_SURROGATES, '\ufffd').replace(/\s+/gu, ' ').trim();
}
