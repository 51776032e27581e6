/** The measuring page: decodes clips and gives them to an engine. Driven from node through `globalThis.harness`. */
import { samplesToSeconds } from '../../../src/audio/units.ts';
import type { ModelId } from '../../../src/recognizer/models.ts';
import { decodeClip, fetchFile } from './decode.ts';
import { OurEngine } from './ours.ts';
import type { ClipRequest, ClipRun, Engine, EngineName, Harness, Prepared } from './protocol.ts';
import { readAlone } from './reading.ts';
import { StockEngine } from './stock.ts';

const ours = new OurEngine();
const engines: Readonly<Record<EngineName, Engine>> = { ours, stock: new StockEngine() };
const loaded = new Map<EngineName, { readonly model: ModelId; readonly prepared: Promise<Prepared> }>();

const page: Harness = {
  prepare(engine, model, threads) {
    const before = loaded.get(engine);
    if (before?.model === model) return before.prepared;
    const prepared = engines[engine].prepare(model, threads);
    loaded.set(engine, { model, prepared });
    return prepared;
  },

  read: async (url) => readAlone(await fetchFile(url)),

  async soak(clip, seconds, pauseSeconds) {
    return ours.soak(await decodeClip(clip.url), clip, seconds, pauseSeconds);
  },

  async run(engine: EngineName, clip: ClipRequest): Promise<ClipRun> {
    const { read } = engines[engine];
    if (clip.mode === 'media' && read !== undefined) return read.call(engines[engine], await fetchFile(clip.url), clip);
    const audio = await decodeClip(clip.url);
    return { ...(await engines[engine].run(audio, clip)), durationSeconds: samplesToSeconds(audio.length) };
  },
};

globalThis.harness = page;
