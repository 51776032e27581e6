import { WhisperTokenizer } from '@huggingface/transformers';
import { ENGINE_BINARY, openEngine, threadsFor } from '../../src/recognizer/engine.ts';
import type { ModelId } from '../../src/recognizer/models.ts';
import { obtain } from '../../src/recognizer/packages/obtain.ts';
import { PACKAGE_BYTES } from '../../src/recognizer/packages/sizes.ts';
import { LogMel } from './log-mel.ts';
import { SessionModel, type ModelConfig } from './sessions.ts';
import type { Recognizer } from './transcribe.ts';
import { TUNING } from './tuning.ts';
import { Vocabulary, type GenerationConfig } from './vocabulary.ts';

export interface LoadProgress {
  readonly file: string;
  readonly loadedBytes: number;
  readonly totalBytes: number;
  readonly waiting: boolean;
}

export interface Loaded {
  readonly recognizer: Recognizer;
  readonly threads: number;
  /** Whether the files will be here next time. */
  readonly kept: boolean;
  release(): Promise<void>;
}

/**
 * Brings a model to where it can be run: the engine's and the model's files, verified, then one session per graph.
 * @param onDownloaded every file is here; what follows takes seconds and cannot be cancelled.
 * @throws FailureError as {@link obtain} does.
 */
export async function loadRecognizer(
  id: ModelId,
  signal: AbortSignal,
  onProgress: (progress: LoadProgress) => void,
  onDownloaded: () => void,
): Promise<Loaded> {
  const totalBytes = PACKAGE_BYTES.engine + (PACKAGE_BYTES[id] ?? 0);
  // The engine first: the voice-activity detector of this tab waits for it too, so `waiting` is no news.
  const engineFiles = await obtain('engine', {
    signal,
    onProgress: (progress) => onProgress({ ...progress, totalBytes, waiting: false }),
  });
  const files = await obtain(id, {
    signal,
    onProgress: (progress) =>
      onProgress({ ...progress, loadedBytes: PACKAGE_BYTES.engine + progress.loadedBytes, totalBytes }),
  });
  onDownloaded();

  const threads = threadsFor(navigator.hardwareConcurrency);
  const engine = openEngine(await engineFiles.bytes(ENGINE_BINARY), threads);
  const json = async <T>(name: string): Promise<T> =>
    JSON.parse(new TextDecoder().decode(await files.bytes(name))) as T;
  const config = await json<ModelConfig>('config.json');
  const vocabulary = new Vocabulary(
    new WhisperTokenizer(await json('tokenizer.json'), await json('tokenizer_config.json')),
    await json<GenerationConfig>('generation_config.json'),
  );
  const model = await SessionModel.open(
    engine,
    config,
    await files.bytes('encoder.onnx'),
    await files.bytes('decoder.onnx'),
  );
  return {
    recognizer: { model, vocabulary, logMel: new LogMel(config.num_mel_bins), ...TUNING[id] },
    threads,
    kept: engineFiles.kept && files.kept,
    release: () => model.release(),
  };
}
