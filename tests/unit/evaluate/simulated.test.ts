import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as ort from 'onnxruntime-web/wasm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RemoteDetector } from '../../../workers/speech/remote-detector.ts';
import { COSTS } from '../../evaluate/simulated/costs.ts';
import { openDetector } from '../../evaluate/simulated/detector.ts';
import { RememberingModel } from '../../evaluate/simulated/memory.ts';
import { simulate } from '../../evaluate/simulated/session.ts';
import { fixture, readWav } from '../../fixtures/wav.ts';
import { recognizerOf, saying, ScriptedModel, vocabulary } from '../whisper/scripted.ts';

ort.env.wasm.numThreads = 1;
const DETECTOR = createRequire(import.meta.url).resolve('@ricky0123/vad-web/dist/silero_vad_v6.onnx');
const CLIP = readWav(fixture('callback').path).samples;
const TEXT = vocabulary.encode(' Hello there my friend');
const settings = { language: 'en', languages: [], task: 'transcribe', terms: [] } as const;

let detector: RemoteDetector;
beforeAll(async () => {
  detector = await openDetector(readFileSync(DETECTOR));
});
afterAll(() => detector.close());

const run = (model = new ScriptedModel({ next: saying(TEXT) }), costs = COSTS.base) =>
  simulate(CLIP, { recognizer: recognizerOf(model), detector, costs, segments: 'live', settings });

describe('a simulated session', { timeout: 60_000 }, () => {
  it('is the same every time, whatever the machine does meanwhile', async () => {
    const first = await run();
    expect(first.text).toContain('Hello there my friend');
    expect(await run()).toEqual(first);
  });

  it('commits later and ends later when the model is slower, and loses nothing', async () => {
    const quick = await run();
    const slow = await run(undefined, { encoderPerPosition: 4, decoder: 60, decoderPerToken: 8 });
    expect(slow.text).toBe(quick.text);
    expect(slow.finalMs).toBeGreaterThan(quick.finalMs ?? Infinity);
    expect(slow.firstTentativeMs).toBeGreaterThan(quick.firstTentativeMs ?? Infinity);
  });
});

describe('a model that remembers', { timeout: 60_000 }, () => {
  it('is asked once for what several simulations need, and answers each as the model itself', async () => {
    const model = new ScriptedModel({ next: saying(TEXT) });
    const remembering = new RememberingModel(model);
    const remembered = () =>
      simulate(CLIP, {
        recognizer: { ...recognizerOf(model), model: remembering },
        detector,
        costs: COSTS.base,
        segments: 'live',
        settings,
      });
    const first = await remembered();
    const calls = model.calls.length;
    expect(await remembered()).toEqual(first);
    expect(model.calls.length).toBe(calls);
    expect(first).toEqual(await run());
    await remembering.forget();
    expect(model.released).toBe(model.encoded.length);
    expect(model.caches).toBe(0);
  });
});
