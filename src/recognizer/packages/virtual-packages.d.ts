/** `virtual:sotto-packages`, written by the build (`build/models/plugin.ts`). */
import type { Manifest } from './manifest.ts';

declare const manifest: Manifest;
export default manifest;
