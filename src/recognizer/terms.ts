/** More than anyone says in one room; beyond it the decoder would be slowed down. */
const MAX_TERMS = 1000;
/** In UTF-16 code units. A longer line is a sentence, and no term. */
const MAX_LENGTH = 80;

/** The names and terms of a text that holds one a line, each once. */
export function parseTerms(text: string): string[] {
  const lines = text.split('\n').map((line) => line.trim().replace(/\s+/g, ' '));
  return [...new Set(lines.filter((line) => line !== '' && line.length <= MAX_LENGTH))].slice(0, MAX_TERMS);
}
