import { wrap, type Remote } from 'comlink';
import type { ModelId } from '../../../src/recognizer/models.ts';
import type { ClipRequest, ClipRun, Engine, Prepared } from './protocol.ts';
import type { StockApi } from './stock.worker.ts';

/** The stock pipeline in a worker of its own. It has no live mode and detects no language. */
export class StockEngine implements Engine {
  #worker: Remote<StockApi> | null = null;

  async prepare(model: ModelId, threads: number): Promise<Prepared> {
    this.#worker ??= wrap<StockApi>(new Worker(new URL('./stock.worker.ts', import.meta.url), { type: 'module' }));
    return { device: 'wasm', threads, loadMs: await this.#worker.load(model, threads) };
  }

  async run(audio: Float32Array, { language, mode }: ClipRequest): Promise<Omit<ClipRun, 'durationSeconds'>> {
    if (this.#worker === null) throw new Error('run before prepare');
    if (mode === 'live') throw new Error('the stock pipeline has no live mode');
    const { text, timing } = await this.#worker.transcribe(audio, language === 'auto' ? null : language);
    const none = { firstTentativeMs: null, commitLagMs: null, finalMs: null, words: null } as const;
    return { text, processingMs: timing.totalMs, passes: [timing], ...none };
  }
}
