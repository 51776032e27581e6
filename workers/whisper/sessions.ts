import type { Engine, Session } from '../../src/recognizer/engine.ts';
import type { DecoderCache, DecoderOutput, EncodedAudio, WhisperModel } from './model.ts';

/** What `config.json` says that the sessions need. */
export interface ModelConfig {
  readonly d_model: number;
  readonly decoder_layers: number;
  readonly decoder_attention_heads: number;
  readonly vocab_size: number;
  readonly num_mel_bins: number;
  readonly max_target_positions: number;
}

type Tensors = Record<string, InstanceType<Engine['Tensor']>>;

/** The prepared graphs (`workers/whisper/graph`) as sessions of ONNX Runtime. */
export class SessionModel implements WhisperModel {
  readonly vocabularySize: number;
  readonly maxTokens: number;
  readonly #engine: Engine;
  readonly #config: ModelConfig;
  readonly #encoder: Session;
  readonly #decoder: Session;

  private constructor(engine: Engine, config: ModelConfig, encoder: Session, decoder: Session) {
    this.#engine = engine;
    this.#config = config;
    this.#encoder = encoder;
    this.#decoder = decoder;
    this.vocabularySize = config.vocab_size;
    this.maxTokens = config.max_target_positions;
  }

  static async open(
    engine: Engine,
    config: ModelConfig,
    encoder: Uint8Array,
    decoder: Uint8Array,
  ): Promise<SessionModel> {
    const options = { executionProviders: ['wasm'], graphOptimizationLevel: 'all' } as const;
    return new SessionModel(
      engine,
      config,
      await engine.InferenceSession.create(encoder, options),
      await engine.InferenceSession.create(decoder, options),
    );
  }

  async encode(mel: Float32Array<ArrayBuffer>, frames: number): Promise<EncodedAudio> {
    const input_features = new this.#engine.Tensor('float32', mel, [1, this.#config.num_mel_bins, frames]);
    const cross: Tensors = await this.#encoder.run({ input_features });
    return new Encoded(frames / 2, cross);
  }

  async decode(
    tokens: readonly number[],
    cache: DecoderCache | null,
    audio: EncodedAudio,
    logitsFrom: number,
  ): Promise<DecoderOutput> {
    const { Tensor } = this.#engine;
    const past = cache ?? this.#emptyCache();
    if (!(audio instanceof Encoded) || !(past instanceof Cache)) throw new TypeError('audio or cache of another model');
    const output: Tensors = await this.#decoder.run({
      input_ids: new Tensor('int64', BigInt64Array.from(tokens, BigInt), [1, tokens.length]),
      logits_from: new Tensor('int64', BigInt64Array.of(BigInt(logitsFrom)), [1]),
      ...past.tensors,
      ...audio.cross,
    });
    const present: Tensors = {};
    for (const [name, tensor] of Object.entries(output)) {
      if (name.startsWith('present.')) present[name.replace('present.', 'past.')] = tensor;
    }
    return {
      logits: output['logits']!.data as Float32Array,
      alignment: output['alignment']!.data as Float32Array,
      cache: new Cache(this.#engine, past.length + tokens.length, present),
    };
  }

  #emptyCache(): Cache {
    const { decoder_layers: layers, decoder_attention_heads: heads, d_model: width } = this.#config;
    const tensors: Tensors = {};
    for (let layer = 0; layer < layers; layer++) {
      for (const part of ['key', 'value']) {
        tensors[`past.${layer}.${part}`] = new this.#engine.Tensor('float32', new Float32Array(0), [
          1,
          heads,
          0,
          width / heads,
        ]);
      }
    }
    return new Cache(this.#engine, 0, tensors);
  }

  async release(): Promise<void> {
    await this.#encoder.release();
    await this.#decoder.release();
  }
}

class Encoded implements EncodedAudio {
  constructor(
    readonly positions: number,
    readonly cross: Tensors,
  ) {}

  release(): void {
    for (const tensor of Object.values(this.cross)) tensor.dispose();
  }
}

class Cache implements DecoderCache {
  readonly #engine: Engine;

  constructor(
    engine: Engine,
    readonly length: number,
    readonly tensors: Tensors,
  ) {
    this.#engine = engine;
  }

  cut(length: number): Cache {
    const cut: Tensors = {};
    for (const [name, tensor] of Object.entries(this.tensors)) {
      const [, heads, rows, width] = tensor.dims as [number, number, number, number];
      const from = tensor.data as Float32Array;
      const to = new Float32Array(heads * length * width);
      for (let head = 0; head < heads; head++) {
        to.set(from.subarray(head * rows * width, (head * rows + length) * width), head * length * width);
      }
      cut[name] = new this.#engine.Tensor('float32', to, [1, heads, length, width]);
    }
    return new Cache(this.#engine, length, cut);
  }
}
