import type { Engine, Session } from '../../src/recognizer/engine.ts';
import type { Device } from '../../src/recognizer/protocol.ts';
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

  /** @param device what the sessions run on; `webgpu` takes graphs made by `withFloatProducts`, and an engine that can. */
  static async open(
    engine: Engine,
    device: Device,
    config: ModelConfig,
    encoder: Uint8Array,
    decoder: Uint8Array,
  ): Promise<SessionModel> {
    // It would warn of every graph that some of its bookkeeping is left to the CPU.
    const logSeverityLevel = 3;
    const options = { executionProviders: [device], graphOptimizationLevel: 'all', logSeverityLevel } as const;
    // Keys and values stay where they are made: only logits and attention are read.
    const stay = (kind: string) =>
      device === 'webgpu' ? { preferredOutputLocation: onDevice(keysAndValues(kind, config)) } : {};
    return new SessionModel(
      engine,
      config,
      await engine.InferenceSession.create(encoder, { ...options, ...stay('cross') }),
      await engine.InferenceSession.create(decoder, { ...options, ...stay('present') }),
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
    const pastTensors = await past.tensors();
    const output: Tensors = await this.#decoder.run({
      input_ids: new Tensor('int64', BigInt64Array.from(tokens, BigInt), [1, tokens.length]),
      logits_from: new Tensor('int64', BigInt64Array.of(BigInt(logitsFrom)), [1]),
      ...pastTensors,
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
    const { decoder_attention_heads: heads, d_model: width } = this.#config;
    const tensors: Tensors = {};
    for (const name of keysAndValues('past', this.#config))
      tensors[name] = new this.#engine.Tensor('float32', new Float32Array(0), [1, heads, 0, width / heads]);
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
  readonly #tensors: Tensors;

  constructor(
    engine: Engine,
    readonly length: number,
    tensors: Tensors,
  ) {
    this.#engine = engine;
    this.#tensors = tensors;
  }

  cut(length: number): Cache {
    return new Cache(this.#engine, length, this.#tensors);
  }

  /** As many rows as it has tokens; those of a longer one are copied, from the device if need be. */
  async tensors(): Promise<Tensors> {
    const cut: Tensors = {};
    for (const [name, tensor] of Object.entries(this.#tensors)) {
      const [, heads, rows, width] = tensor.dims as [number, number, number, number];
      if (rows === this.length) return this.#tensors;
      const from = (await tensor.getData()) as Float32Array;
      const to = new Float32Array(heads * this.length * width);
      for (let head = 0; head < heads; head++) {
        to.set(from.subarray(head * rows * width, (head * rows + this.length) * width), head * this.length * width);
      }
      cut[name] = new this.#engine.Tensor('float32', to, [1, heads, this.length, width]);
    }
    return cut;
  }

  release(): void {
    for (const tensor of Object.values(this.#tensors)) tensor.dispose();
  }
}

/** `{kind}.{layer}.key` and `{kind}.{layer}.value` of every layer of the decoder. */
const keysAndValues = (kind: string, { decoder_layers: layers }: ModelConfig): string[] =>
  Array.from({ length: layers }, (_, layer) => [`${kind}.${layer}.key`, `${kind}.${layer}.value`]).flat();

const onDevice = (names: readonly string[]): Readonly<Record<string, 'gpu-buffer'>> =>
  Object.fromEntries(names.map((name) => [name, 'gpu-buffer']));
