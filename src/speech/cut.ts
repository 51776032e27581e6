/** Where to cut an utterance that has grown too long. */
export interface Cut {
  /** Window at which the second part begins; never the first one. */
  readonly window: number;
  /** The cut lies in a pause: nobody was speaking. */
  readonly silent: boolean;
}

/** Breaths shorter than this (3 windows, 96 ms) are parts of words: the closure before a plosive looks like that. */
const MIN_PAUSE_WINDOWS = 3;

/**
 * The middle of the longest pause, looked for in the last two thirds first so that pieces do not get short; without any pause, the
 * weakest moment of the last third.
 *
 * @param probabilities of speech, one for each window, at least three.
 * @param release a probability below this is a pause.
 */
export function bestCut(probabilities: readonly number[], release: number): Cut {
  const { length } = probabilities;
  const pause = longestPause(probabilities, release, Math.floor(length / 3)) ?? longestPause(probabilities, release, 1);
  if (pause !== null) return { window: pause, silent: true };

  let window = length - 1;
  let weakest = Infinity;
  for (let at = Math.max(1, Math.floor((length * 2) / 3)); at < length; at++) {
    // A moment is as weak as its neighbours let it be: one odd window within a vowel is no place to cut.
    const around = ((probabilities[at - 1] ?? 0) + 2 * (probabilities[at] ?? 0) + (probabilities[at + 1] ?? 1)) / 4;
    if (around <= weakest) {
      weakest = around;
      window = at;
    }
  }
  return { window, silent: false };
}

/** The window in the middle of the longest pause that begins at `from` or later; the later of two equals. */
function longestPause(probabilities: readonly number[], release: number, from: number): number | null {
  let longest = MIN_PAUSE_WINDOWS;
  let middle: number | null = null;
  let run = 0;
  for (let at = from; at < probabilities.length; at++) {
    run = (probabilities[at] ?? 0) < release ? run + 1 : 0;
    if (run >= longest) {
      longest = run;
      middle = at - Math.floor(run / 2);
    }
  }
  return middle;
}
