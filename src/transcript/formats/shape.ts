/**
 * What broadcasters ask of subtitles. Sources: Netflix, “Timed Text Style Guide: General Requirements” (two lines, 5/6 s to 7 s,
 * two frames between) with the guides for single languages (42 characters a line and 17 a second; 16 full-width ones for Chinese,
 * Korean and Japanese for the deaf, and 9 a second for Chinese); BBC, “Subtitle Guidelines” (single sentences, breaks at
 * punctuation and pauses, nothing on the screen for more than 1.5 s after its speech).
 */
export interface SubtitleShape {
  readonly lines: 1 | 2;
  /** Characters of a line; wide ones (East Asian) count twice there, and `wide` lines are counted in them. */
  readonly lineLength: number;
  readonly wideLineLength: number;
  /** Characters a second that people are asked to read. */
  readonly readingSpeed: number;
  readonly wideReadingSpeed: number;
  readonly minMs: number;
  readonly maxMs: number;
  /** Between two subtitles, so that the eye sees the change. */
  readonly gapMs: number;
}

export const BROADCAST: SubtitleShape = {
  lines: 2,
  lineLength: 42,
  wideLineLength: 16,
  readingSpeed: 17,
  wideReadingSpeed: 9,
  minMs: 833,
  maxMs: 7000,
  gapMs: 83,
};

/** What may be set, from and to. The longest minimum is shorter than the shortest maximum. */
export const SHAPE_RANGES: Readonly<Record<keyof SubtitleShape, readonly [from: number, to: number]>> = {
  lines: [1, 2],
  lineLength: [16, 80],
  wideLineLength: [8, 40],
  readingSpeed: [5, 40],
  wideReadingSpeed: [2, 20],
  minMs: [200, 2000],
  maxMs: [2500, 15_000],
  gapMs: [0, 500],
};

/** A shape from what is stored or typed: each field that is no number in its range is the broadcasters’. */
export function shapeFrom(values: Partial<Record<keyof SubtitleShape, unknown>>): SubtitleShape {
  const field = (name: keyof SubtitleShape): number => {
    const value = values[name];
    const [from, to] = SHAPE_RANGES[name];
    return typeof value === 'number' && value >= from && value <= to ? value : BROADCAST[name];
  };
  return {
    lines: field('lines') === 1 ? 1 : 2,
    lineLength: field('lineLength'),
    wideLineLength: field('wideLineLength'),
    readingSpeed: field('readingSpeed'),
    wideReadingSpeed: field('wideReadingSpeed'),
    minMs: field('minMs'),
    maxMs: field('maxMs'),
    gapMs: field('gapMs'),
  };
}
