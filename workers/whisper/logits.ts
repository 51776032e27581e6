import type { Vocabulary } from './vocabulary.ts';

/**
 * Takes away what may not be written next, in place (openai/whisper `decoding.py`: SuppressTokens, SuppressBlank; times are
 * suppressed as a whole, ours come from alignment).
 * @param logits one row, `[vocabulary]`.
 * @param atStart no text has been written yet.
 */
export function suppress(logits: Float32Array, vocabulary: Vocabulary, atStart: boolean): void {
  for (const token of vocabulary.suppressed) logits[token] = -Infinity;
  if (atStart) for (const token of vocabulary.suppressedAtStart) logits[token] = -Infinity;
  // Behind the end of text stand languages, tasks and times only.
  logits.fill(-Infinity, vocabulary.endOfText + 1);
}

export interface Choice {
  readonly token: number;
  /** Natural logarithm of its probability at temperature 1, after suppression. */
  readonly logProbability: number;
}

const NONE: ReadonlyMap<number, number> = new Map();

/**
 * The next token.
 * @param temperature 0 takes the most probable; above, one is drawn from the softened distribution.
 * @param random uniform in [0, 1); seeded by the caller, so that a pass can be repeated.
 * @param favoured what is added to the logits of some tokens when the most probable one is taken. What is said of its
 *   probability is the model's own opinion.
 */
export function choose(
  logits: Float32Array,
  temperature: number,
  random: () => number,
  favoured: ReadonlyMap<number, number> = NONE,
): Choice {
  let token = 0;
  let highest = -Infinity;
  for (let i = 0; i < logits.length; i++) {
    const logit = logits[i]!;
    if (logit > highest) {
      highest = logit;
      token = i;
    }
  }
  if (temperature > 0) token = draw(logits, highest, temperature, random());
  else token = mostFavoured(logits, token, favoured);
  return { token, logProbability: logits[token]! - highest - Math.log(sumOfExponentials(logits, highest, 1)) };
}

/** The most probable token, or a favoured one that comes close enough. */
function mostFavoured(logits: Float32Array, top: number, favoured: ReadonlyMap<number, number>): number {
  let token = top;
  let highest = logits[top]! + (favoured.get(top) ?? 0);
  for (const [candidate, bonus] of favoured) {
    if (logits[candidate]! + bonus <= highest) continue;
    token = candidate;
    highest = logits[candidate]! + bonus;
  }
  return token;
}

function draw(logits: Float32Array, highest: number, temperature: number, uniform: number): number {
  let left = uniform * sumOfExponentials(logits, highest, temperature);
  for (let i = 0; i < logits.length; i++) {
    left -= Math.exp((logits[i]! - highest) / temperature);
    if (left <= 0) return i;
  }
  return logits.indexOf(highest);
}

function sumOfExponentials(logits: Float32Array, highest: number, temperature: number): number {
  let sum = 0;
  for (let i = 0; i < logits.length; i++) {
    const below = (logits[i]! - highest) / temperature;
    // What is 25 below the highest adds less than a float's last digit, even 50,000 times.
    if (below > -25) sum += Math.exp(below);
  }
  return sum;
}

/** Probabilities of some tokens among themselves, or of one among all. */
export function softmaxOver(logits: Float32Array, tokens: Iterable<number>): Map<number, number> {
  const ids = [...tokens];
  const highest = Math.max(...ids.map((id) => logits[id]!));
  const weights = ids.map((id) => Math.exp(logits[id]! - highest));
  const sum = weights.reduce((a, b) => a + b, 0);
  return new Map(ids.map((id, i) => [id, weights[i]! / sum]));
}

/** Probability of one token among the whole vocabulary, nothing suppressed. */
export function probabilityOf(logits: Float32Array, token: number): number {
  let highest = -Infinity;
  for (let i = 0; i < logits.length; i++) highest = Math.max(highest, logits[i]!);
  return Math.exp(logits[token]! - highest) / sumOfExponentials(logits, highest, 1);
}
