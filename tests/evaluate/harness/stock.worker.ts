/**
 * The stock transformers.js pipeline, as its documentation shows it and nothing changed: q8 files as published, WASM, greedy.
 * What the project measures itself against.
 */
import { env, pipeline, type AutomaticSpeechRecognitionPipeline } from '@huggingface/transformers';
import { expose } from 'comlink';
import { SAMPLE_RATE } from '../../../src/audio/units.ts';
import type { ModelId } from '../../../src/recognizer/models.ts';
import type { PassTiming } from '../../../src/recognizer/protocol.ts';
import { StockClock } from './stock-clock.ts';

/** Whisper hears 30 s; the pipeline cuts anything longer into overlapping chunks when told so. */
const CHUNK_SECONDS = 30;

let recognise: AutomaticSpeechRecognitionPipeline | null = null;
let clock: StockClock | null = null;

const api = {
  /** @returns how long loading took, in milliseconds. */
  async load(model: ModelId, threads: number): Promise<number> {
    const start = performance.now();
    env.allowRemoteModels = false;
    env.allowLocalModels = true;
    env.localModelPath = '/stock/';
    env.useBrowserCache = false;
    env.useWasmCache = false;
    const { wasm } = env.backends.onnx;
    if (wasm === undefined) throw new Error('this transformers.js has no WASM backend');
    wasm.wasmPaths = '/ort/';
    wasm.numThreads = threads;
    await recognise?.dispose();
    recognise = await pipeline('automatic-speech-recognition', `Xenova/whisper-${model}`, {
      device: 'wasm',
      dtype: 'q8',
    });
    clock = new StockClock(recognise);
    return performance.now() - start;
  },

  /** @param language Whisper's code; `null` leaves it to the pipeline, which then assumes English. */
  async transcribe(samples: Float32Array, language: string | null): Promise<{ text: string; timing: PassTiming }> {
    if (recognise === null || clock === null) throw new Error('transcribe before load');
    clock.reset();
    const start = performance.now();
    const output = await recognise(samples, {
      task: 'transcribe',
      ...(language !== null && { language }),
      ...(samples.length > CHUNK_SECONDS * SAMPLE_RATE && { chunk_length_s: CHUNK_SECONDS }),
    });
    const totalMs = performance.now() - start;
    return { text: output.text, timing: { ...clock.stages, sampleCount: samples.length, totalMs, fallbacks: 0 } };
  },
};

export type StockApi = typeof api;

expose(api);
