/** What gives a failed decoding away. Thresholds are openai/whisper's (`transcribe.py`) where it has one. */

/** Text that compresses better than this repeats itself. */
export const MAX_COMPRESSION_RATIO = 2.4;
/** Below this mean the model is guessing. */
export const MIN_MEAN_LOG_PROBABILITY = -1.0;
/** Above this, and with a low mean as well, nothing was said. */
export const MAX_NO_SPEECH = 0.6;

/**
 * Whether the decoder stopped long before the speaker did: slow speech has two tokens a second and more, so much less over several
 * seconds means that the rest was not written (ours; the reference would take it for an early end).
 * @param speechSeconds from the first to the last sound of speech, pauses included.
 */
export function tooFewTokens(tokenCount: number, speechSeconds: number): boolean {
  return speechSeconds >= 4 && tokenCount < 0.7 * speechSeconds;
}

/** Whether the text only says once more what stood last in the prompt, four tokens or longer: led on too well (ours). */
export function echoes(tokens: readonly number[], previousText: readonly number[]): boolean {
  for (let length = 4; length <= Math.min(tokens.length, previousText.length); length++) {
    const end = previousText.slice(-length);
    if (end.every((token, i) => token === tokens[i])) return true;
  }
  return false;
}

/**
 * The length of the phrase the tokens end in again and again, or 0. A phrase of up to three tokens must stand six times, a longer
 * one three times: "no, no, no" is speech, six of them hardly.
 */
export function repetition(tokens: readonly number[]): number {
  const longest = Math.floor(tokens.length / 3);
  for (let period = 1; period <= longest; period++) {
    const times = period < 4 ? 6 : 3;
    if (tokens.length >= period * times && endsInPeriod(tokens, period, period * (times - 1))) return period;
  }
  return 0;
}

function endsInPeriod(tokens: readonly number[], period: number, span: number): boolean {
  for (let back = 1; back <= span; back++) {
    if (tokens[tokens.length - back] !== tokens[tokens.length - back - period]) return false;
  }
  return true;
}

/** Bytes of the text over bytes of its zlib form, as the reference computes it. 0 for no text. */
export async function compressionRatio(text: string): Promise<number> {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length === 0) return 0;
  const packed = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate'));
  return bytes.length / (await new Response(packed).arrayBuffer()).byteLength;
}

/** Longest text that so much speech can hold: 22.5 tokens a second, and at least 50 (as other implementations of Whisper cap it). */
export function maxTokensFor(seconds: number): number {
  return Math.max(50, Math.ceil(22.5 * seconds));
}
