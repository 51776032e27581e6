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
