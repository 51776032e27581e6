import { createHash } from 'node:crypto';
import type { DecoderCache, DecoderOutput, EncodedAudio, WhisperModel } from '../../../workers/whisper/model.ts';

/**
 * A model that computes nothing twice: what it was asked before, it answers from memory, to the bit. Simulations of one clip under
 * several settings hear much the same windows, so all but the first take little time. Everything is kept until {@link forget}.
 */
export class RememberingModel implements WhisperModel {
  readonly vocabularySize: number;
  readonly maxTokens: number;
  readonly #model: WhisperModel;
  readonly #audio = new Map<string, Promise<RememberedAudio>>();
  readonly #outputs = new Map<string, Promise<DecoderOutput>>();

  constructor(model: WhisperModel) {
    this.#model = model;
    this.vocabularySize = model.vocabularySize;
    this.maxTokens = model.maxTokens;
  }

  encode(mel: Float32Array<ArrayBuffer>, frames: number): Promise<EncodedAudio> {
    const key = createHash('sha256').update(mel).update(String(frames)).digest('base64');
    return this.#remember(
      this.#audio,
      key,
      async () => new RememberedAudio(key, await this.#model.encode(mel, frames)),
    );
  }

  async decode(
    tokens: readonly number[],
    cache: DecoderCache | null,
    audio: EncodedAudio,
    logitsFrom: number,
  ): Promise<DecoderOutput> {
    if (!(audio instanceof RememberedAudio) || !(cache === null || cache instanceof RememberedCache))
      throw new TypeError('audio or cache of another model');
    const key = `${cache?.key ?? audio.key} ${tokens.join()}@${logitsFrom}`;
    const output = await this.#remember(this.#outputs, key, () =>
      this.#model.decode(tokens, cache?.real ?? null, audio.real, logitsFrom),
    );
    // The caller may write into its logits.
    return { ...output, logits: output.logits.slice(), cache: new RememberedCache(key, output.cache) };
  }

  async forget(): Promise<void> {
    for (const output of this.#outputs.values()) (await output).cache.release();
    for (const audio of this.#audio.values()) (await audio).real.release();
    this.#outputs.clear();
    this.#audio.clear();
  }

  #remember<T>(memory: Map<string, Promise<T>>, key: string, compute: () => Promise<T>): Promise<T> {
    const known = memory.get(key) ?? compute();
    memory.set(key, known);
    return known;
  }
}

/** Others may hold it still: it is released when it is forgotten. */
const leaveIt = (): void => undefined;

class RememberedAudio implements EncodedAudio {
  readonly positions: number;
  readonly release = leaveIt;

  constructor(
    readonly key: string,
    readonly real: EncodedAudio,
  ) {
    this.positions = real.positions;
  }
}

class RememberedCache implements DecoderCache {
  readonly length: number;
  readonly release = leaveIt;

  constructor(
    readonly key: string,
    readonly real: DecoderCache,
  ) {
    this.length = real.length;
  }

  cut(length: number): RememberedCache {
    return new RememberedCache(`${this.key}/${length}`, this.real.cut(length));
  }
}
