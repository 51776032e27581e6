import type { ModelId } from '../../../src/recognizer/models.ts';
import type { DecoderCache, DecoderOutput, EncodedAudio, WhisperModel } from '../../../workers/whisper/model.ts';

/** What a model's runs take, in milliseconds. */
export interface Costs {
  readonly encoderPerPosition: number;
  readonly decoder: number;
  /** On top, for each token that is fed. */
  readonly decoderPerToken: number;
}

/** Measured with two WASM threads on two cores (AMD EPYC); `small` is base's by the ratio of their weights. */
export const COSTS: Readonly<Record<ModelId, Costs>> = {
  tiny: { encoderPerPosition: 0.42, decoder: 6, decoderPerToken: 0.9 },
  base: { encoderPerPosition: 0.92, decoder: 11, decoderPerToken: 1.6 },
  small: { encoderPerPosition: 3.7, decoder: 35, decoderPerToken: 5 },
};

/** A model whose runs take the time that they are said to take, on a clock that somebody else keeps. */
export class CostedModel implements WhisperModel {
  readonly vocabularySize: number;
  readonly maxTokens: number;
  readonly #model: WhisperModel;
  readonly #costs: Costs;
  readonly #spend: (ms: number) => Promise<void>;

  constructor(model: WhisperModel, costs: Costs, spend: (ms: number) => Promise<void>) {
    this.vocabularySize = model.vocabularySize;
    this.maxTokens = model.maxTokens;
    this.#model = model;
    this.#costs = costs;
    this.#spend = spend;
  }

  async encode(mel: Float32Array<ArrayBuffer>, frames: number): Promise<EncodedAudio> {
    const encoded = await this.#model.encode(mel, frames);
    await this.#spend(encoded.positions * this.#costs.encoderPerPosition);
    return encoded;
  }

  async decode(
    tokens: readonly number[],
    cache: DecoderCache | null,
    audio: EncodedAudio,
    logitsFrom: number,
  ): Promise<DecoderOutput> {
    const output = await this.#model.decode(tokens, cache, audio, logitsFrom);
    await this.#spend(this.#costs.decoder + tokens.length * this.#costs.decoderPerToken);
    return output;
  }
}
