/**
 * The two graphs of a prepared model (`workers/whisper/graph`), as the decode loop sees them. An interface, so that the loop runs
 * in node against recorded or scripted models; `sessions.ts` is the real one.
 */
export interface WhisperModel {
  readonly vocabularySize: number;
  /** Tokens the decoder has positions for. */
  readonly maxTokens: number;
  /**
   * @param mel log-mel, `[mel, frames]`, frames even.
   * @returns the cross-attention keys and values of `frames / 2` positions; stays valid until released.
   */
  encode(mel: Float32Array<ArrayBuffer>, frames: number): Promise<EncodedAudio>;
  /**
   * Feeds tokens behind those of `cache`.
   * @param logitsFrom index into `tokens` of the first one whose prediction is wanted.
   */
  decode(
    tokens: readonly number[],
    cache: DecoderCache | null,
    audio: EncodedAudio,
    logitsFrom: number,
  ): Promise<DecoderOutput>;
}

export interface EncodedAudio {
  readonly positions: number;
  release(): void;
}

/**
 * Self-attention keys and values of the tokens fed so far. Never changed: every step makes a new one, and whoever asked for it
 * gives it back, since on a GPU nothing is collected.
 */
export interface DecoderCache {
  readonly length: number;
  /** The cache of its first `length` tokens; valid as long as this one is. */
  cut(length: number): DecoderCache;
  release(): void;
}

export interface DecoderOutput {
  /** `[tokens.length − logitsFrom, vocabulary]`; the caller may write into it. */
  readonly logits: Float32Array;
  readonly cache: DecoderCache;
  /** Cross-attention probabilities of the alignment heads, `[heads, tokens.length, positions]`. */
  readonly alignment: Float32Array;
}
