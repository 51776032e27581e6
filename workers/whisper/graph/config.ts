/** What the preparation reads of a model's `config.json`. */
export interface WhisperConfig {
  readonly encoder_layers: number;
  readonly encoder_attention_heads: number;
  readonly decoder_layers: number;
  readonly decoder_attention_heads: number;
  /** Channels of the hidden states. */
  readonly d_model: number;
}

/** A cross-attention head of the decoder whose weights follow the audio. */
export type AlignmentHead = readonly [layer: number, head: number];
