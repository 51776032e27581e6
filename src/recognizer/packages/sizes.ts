import sizes from 'virtual:sotto-packages/sizes';
import { DEFAULT_MODEL, MODEL_IDS, type ModelId } from '../models.ts';

/** Bytes to download per package of this build. Light enough for the page's first script: no hashes. */
export const PACKAGE_BYTES = sizes;

/** The models this build ships, smallest first. */
export const INCLUDED_MODELS: readonly ModelId[] = MODEL_IDS.filter((id) => sizes[id] !== undefined);

/** {@link DEFAULT_MODEL}, or the largest model of a build that leaves it out. */
export const INITIAL_MODEL: ModelId = INCLUDED_MODELS.includes(DEFAULT_MODEL)
  ? DEFAULT_MODEL
  : (INCLUDED_MODELS.at(-1) ?? DEFAULT_MODEL);
