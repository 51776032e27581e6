import { WhisperTokenizer } from '@huggingface/transformers';
import type { Plan } from '../../src/recognizer/device/plan.ts';
import { ENGINE_BINARY, openEngine, type Engine } from '../../src/recognizer/engine.ts';
import type { ModelId } from '../../src/recognizer/models.ts';
import type { PackageId } from '../../src/recognizer/packages/manifest.ts';
import { obtain } from '../../src/recognizer/packages/obtain.ts';
import { PACKAGE_BYTES } from '../../src/recognizer/packages/sizes.ts';
import { withFloatProducts } from './graph/floats.ts';
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
  readonly plan: Plan;
  /** Resolves when the device is gone, with what is known of it; `null` for one that stays. */
  readonly lost: Promise<string> | null;
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
  plan: Plan,
  signal: AbortSignal,
  onProgress: (progress: LoadProgress) => void,
  onDownloaded: () => void,
): Promise<Loaded> {
  const source = await engineSource(plan);
  const engineBytes = PACKAGE_BYTES[source.id] ?? 0;
  const totalBytes = engineBytes + (PACKAGE_BYTES[id] ?? 0);
  // The engine first: the voice-activity detector of this tab waits for it too, so `waiting` is no news.
  const engineFiles = await obtain(source.id, {
    signal,
    onProgress: (progress) => onProgress({ ...progress, totalBytes, waiting: false }),
  });
  const files = await obtain(id, {
    signal,
    onProgress: (progress) => onProgress({ ...progress, loadedBytes: engineBytes + progress.loadedBytes, totalBytes }),
  });
  onDownloaded();

  const engine = source.open(await engineFiles.bytes(source.binary));
  const json = async <T>(name: string): Promise<T> =>
    JSON.parse(new TextDecoder().decode(await files.bytes(name))) as T;
  const config = await json<ModelConfig>('config.json');
  const vocabulary = new Vocabulary(
    new WhisperTokenizer(await json('tokenizer.json'), await json('tokenizer_config.json')),
    await json<GenerationConfig>('generation_config.json'),
  );
  const graph = async (name: string): Promise<Uint8Array> => {
    const bytes = await files.bytes(name);
    return plan.device === 'webgpu' ? withFloatProducts(bytes) : bytes;
  };
  const model = await SessionModel.open(
    engine,
    plan.device,
    config,
    await graph('encoder.onnx'),
    await graph('decoder.onnx'),
  );
  return {
    recognizer: { model, vocabulary, logMel: new LogMel(config.num_mel_bins), ...TUNING[id] },
    plan,
    lost: source.lost(),
    kept: engineFiles.kept && files.kept,
    release: () => model.release(),
  };
}

/** Where the engine for a plan comes from. */
interface EngineSource {
  readonly id: PackageId;
  readonly binary: string;
  readonly open: (binary: Uint8Array<ArrayBuffer>) => Engine;
  /** To be asked when the sessions are made. */
  readonly lost: () => Promise<string> | null;
}

async function engineSource(plan: Plan): Promise<EngineSource> {
  if (plan.device === 'wasm') {
    const open = (binary: Uint8Array<ArrayBuffer>) => openEngine(binary, plan.threads);
    return { id: 'engine', binary: ENGINE_BINARY, open, lost: () => null };
  }
  const { gpuBuild, gpuLoss, openGpuEngine } = await import('../../src/recognizer/engine-gpu.ts');
  const build = gpuBuild();
  return { id: build.id, binary: build.binary, open: (binary) => openGpuEngine(build, binary), lost: gpuLoss };
}
