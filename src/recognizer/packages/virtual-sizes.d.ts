/** `virtual:sotto-packages/sizes`, written by the build (`build/models/plugin.ts`). */
import type { PackageSizes } from './manifest.ts';

declare const sizes: PackageSizes;
export default sizes;
