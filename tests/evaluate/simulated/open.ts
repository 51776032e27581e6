import type { ModelId } from '../../../src/recognizer/models.ts';
import { samplesToSeconds } from '../../../src/audio/units.ts';
import type { OpenHarness } from '../harness/open.ts';
import { COSTS } from './costs.ts';
import { openClipReader } from './decode.ts';
import { loadInNode } from './load.ts';
import { simulate } from './session.ts';

/** What answers for the harness in simulated mode: live sessions on a virtual clock, in this process. */
export type Simulator = Pick<OpenHarness, 'browserVersion' | 'prepare' | 'run' | 'peakMemoryMB' | 'close'>;

export async function openSimulator(): Promise<Simulator> {
  const reader = await openClipReader();
  let loaded: ({ readonly model: ModelId } & Awaited<ReturnType<typeof loadInNode>>) | null = null;
  return {
    browserVersion: reader.browserVersion,
    async prepare(_engine, model) {
      const startMs = performance.now();
      loaded = { model, ...(await loadInNode(model)) };
      return { device: 'wasm', threads: 1, loadMs: performance.now() - startMs };
    },
    async run(_engine, file, { language, terms = [] }) {
      if (loaded === null) throw new Error('run before prepare');
      const { model, recognizer, detector } = loaded;
      const clip = await reader.read(file);
      const settings = { language, languages: [], task: 'transcribe', terms } as const;
      const run = await simulate(clip, { recognizer, detector, costs: COSTS[model], segments: 'live', settings });
      return { ...run, durationSeconds: samplesToSeconds(clip.length) };
    },
    // This process is no page.
    peakMemoryMB: () => Promise.resolve(null),
    async close() {
      loaded?.detector.close();
      await reader.close();
    },
  };
}
