/** One written word with its times; in languages without spaces, one token's characters. */
export interface Word {
  /** As it is written, with the space before it where the language has one: texts are made by joining. */
  readonly text: string;
  /** Sample index from the session's start. */
  readonly startSample: number;
  readonly endSample: number;
  /** Mean probability of the word's tokens, 0 to 1. */
  readonly probability: number;
}

/** Words on another timeline, which begins `by` samples earlier. */
export const moveWords = (words: readonly Word[], by: number): readonly Word[] =>
  by === 0
    ? words
    : words.map((word) => ({ ...word, startSample: word.startSample + by, endSample: word.endSample + by }));
