import type { ModelId } from '../models.ts';
import { GPU_ENGINE_IDS } from '../packages/manifest.ts';
import { manifestOf } from '../packages/stored.ts';

/** Raised when a verdict is written or measured differently. */
const FORMAT = 2;

/**
 * What a verdict holds for: these bytes of the engine and of the model, this GPU, so many cores. Whatever changes, it is measured
 * anew.
 */
export function circumstances(model: ModelId, gpuName: string | null, cores: number): string {
  const hashes = (['engine', ...GPU_ENGINE_IDS, model] as const).flatMap((id) =>
    Object.values(manifestOf(id).files).map(({ sha256 }) => sha256.slice(0, 8)),
  );
  return [FORMAT, ...hashes, `${cores} cores`, gpuName ?? 'no GPU'].join(' ');
}
