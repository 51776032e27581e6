import type { InferenceSession, Tensor } from 'onnxruntime-web/wasm';
import { WINDOW_SAMPLES } from '../../src/speech/gate.ts';
import { SAMPLE_RATE } from '../../src/audio/units.ts';

/** The parts of onnxruntime-web that the detector uses: the wasm build in the worker, node's own in tests. */
export interface Engine {
  readonly InferenceSession: {
    create(model: Uint8Array, options?: InferenceSession.SessionOptions): Promise<InferenceSession>;
  };
  readonly Tensor: typeof Tensor;
}

/** Samples of the last window that stand before every window. */
const CONTEXT_SAMPLES = 64;
const STATE_SHAPE = [2, 1, 128];
const STATE_LENGTH = 2 * 128;

/** Silero VAD (v5 and v6 have the same face), loaded. Sessions hear through streams of their own. */
export class Detector {
  readonly #engine: Engine;
  readonly #session: InferenceSession;
  readonly #rate: Tensor;

  private constructor(engine: Engine, session: InferenceSession) {
    this.#engine = engine;
    this.#session = session;
    this.#rate = new engine.Tensor('int64', BigInt64Array.of(BigInt(SAMPLE_RATE)), []);
  }

  static async load(engine: Engine, model: Uint8Array): Promise<Detector> {
    const session = await engine.InferenceSession.create(model, { executionProviders: ['wasm'] });
    return new Detector(engine, session);
  }

  /** A new stretch of audio: nothing heard yet. */
  stream(): DetectorStream {
    return new DetectorStream(this.#engine, this.#session, this.#rate);
  }
}

/** One stretch of audio. The windows must come in order, each after the last one's answer. */
export class DetectorStream {
  readonly #input = new Float32Array(CONTEXT_SAMPLES + WINDOW_SAMPLES);
  #state = new Float32Array(STATE_LENGTH);

  constructor(
    readonly engine: Engine,
    readonly session: InferenceSession,
    readonly rate: Tensor,
  ) {}

  /** Probability that somebody speaks in this window of {@link WINDOW_SAMPLES}. */
  async hear(window: Float32Array): Promise<number> {
    const { Tensor } = this.engine;
    this.#input.copyWithin(0, WINDOW_SAMPLES);
    this.#input.set(window, CONTEXT_SAMPLES);
    const { output, stateN } = await this.session.run({
      input: new Tensor('float32', this.#input, [1, this.#input.length]),
      state: new Tensor('float32', this.#state, STATE_SHAPE),
      sr: this.rate,
    });
    const [probability] = (output?.data ?? []) as ArrayLike<number> as Float32Array;
    if (probability === undefined || stateN === undefined) throw new Error('the detector model has other outputs');
    this.#state = stateN.data as Float32Array<ArrayBuffer>;
    return probability;
  }
}
