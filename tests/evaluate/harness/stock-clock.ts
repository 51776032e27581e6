import type { AutomaticSpeechRecognitionPipeline, Tensor } from '@huggingface/transformers';
import type { InferenceSession } from 'onnxruntime-web';
import type { PassTiming } from '../../../src/recognizer/protocol.ts';

/** Where the time of one call went. Text tokens are counted: neither the prompt nor the end. */
export type Stages = Pick<PassTiming, 'melMs' | 'encoderMs' | 'decoderMs' | 'tokenCount'>;

const NOTHING: Stages = { melMs: 0, encoderMs: 0, decoderMs: 0, tokenCount: 0 };

/**
 * Reads the clock around three calls that the stock pipeline makes (feature extractor, `generate`, and inside that the encoder's
 * session) and passes arguments and results through untouched. What `generate` takes beside the encoder is the decoder's.
 */
export class StockClock {
  #stages = NOTHING;

  constructor({ processor, model }: AutomaticSpeechRecognitionPipeline) {
    const encoder = model.sessions['model'] as InferenceSession;
    const firstSpecial = (model.config as unknown as { readonly eos_token_id: number }).eos_token_id;
    const extract = processor._call.bind(processor);
    const generate = model.generate.bind(model);
    const encode: (feeds: InferenceSession.FeedsType) => ReturnType<typeof encoder.run> = encoder.run.bind(encoder);

    processor._call = (...input: Parameters<typeof extract>) => this.#time('melMs', () => extract(...input));
    encoder.run = (feeds: InferenceSession.FeedsType) => this.#time('encoderMs', () => encode(feeds));
    model.generate = async (...input: Parameters<typeof generate>) => {
      const encoderMs = this.#stages.encoderMs;
      const tokens = await this.#time('decoderMs', async () => (await generate(...input)) as Tensor);
      this.#add('decoderMs', encoderMs - this.#stages.encoderMs);
      const text = Array.from(tokens.data as BigInt64Array).filter((token) => token < firstSpecial);
      this.#add('tokenCount', text.length);
      return tokens;
    };
  }

  get stages(): Stages {
    return this.#stages;
  }

  reset(): void {
    this.#stages = NOTHING;
  }

  async #time<T>(stage: keyof Stages, work: () => Promise<T>): Promise<T> {
    const start = performance.now();
    const result = await work();
    this.#add(stage, performance.now() - start);
    return result;
  }

  #add(stage: keyof Stages, amount: number): void {
    this.#stages = { ...this.#stages, [stage]: this.#stages[stage] + amount };
  }
}
