import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type * as transformers from '@huggingface/transformers';
import * as ort from 'onnxruntime-web/wasm';
import { buildPackages } from '../../../build/models/packages.ts';
import { partName } from '../../../build/models/parts.ts';
import { readSettings } from '../../../build/models/settings.ts';
import type { ModelId } from '../../../src/recognizer/models.ts';
import type { RemoteDetector } from '../../../workers/speech/remote-detector.ts';
import { LogMel } from '../../../workers/whisper/log-mel.ts';
import { SessionModel, type ModelConfig } from '../../../workers/whisper/sessions.ts';
import type { Recognizer } from '../../../workers/whisper/transcribe.ts';
import { TUNING } from '../../../workers/whisper/tuning.ts';
import { Vocabulary, type GenerationConfig } from '../../../workers/whisper/vocabulary.ts';
import { openDetector } from './detector.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');

/** Its build for node wants native packages; the one that ships runs here as well. */
const TRANSFORMERS = join(ROOT, 'node_modules/@huggingface/transformers/dist/transformers.web.js');

/** The app's own packages, on the engine that it ships, in this process. @throws Error for a model that the build has not. */
export async function loadInNode(model: ModelId): Promise<{ recognizer: Recognizer; detector: RemoteDetector }> {
  const { WhisperTokenizer } = (await import(TRANSFORMERS)) as typeof transformers;
  const { manifest, partsFolder } = await buildPackages(ROOT, readSettings(process.env));
  const reader = (id: ModelId | 'engine') => async (name: string) => {
    const parts = manifest[id]?.files[name]?.parts;
    if (parts === undefined) throw new Error(`no ${name} in the package ${id}`);
    return Buffer.concat(await Promise.all(parts.map((part) => readFile(join(partsFolder, partName(part))))));
  };
  const file = reader(model);
  const json = async <T>(name: string): Promise<T> => JSON.parse((await file(name)).toString()) as T;

  ort.env.wasm.numThreads = 1;
  const config = await json<ModelConfig>('config.json');
  const vocabulary = new Vocabulary(
    new WhisperTokenizer(await json('tokenizer.json'), await json('tokenizer_config.json')),
    await json<GenerationConfig>('generation_config.json'),
  );
  const sessions = await SessionModel.open(ort, 'wasm', config, await file('encoder.onnx'), await file('decoder.onnx'));
  return {
    recognizer: { model: sessions, vocabulary, logMel: new LogMel(config.num_mel_bins), ...TUNING[model] },
    detector: await openDetector(await reader('engine')('silero_vad.onnx')),
  };
}
