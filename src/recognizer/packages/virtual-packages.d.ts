/** `virtual:sotto-packages`, written by the build (`build/models/plugin.ts`). */
import type { Manifest } from './manifest.ts';

declare const manifest: Manifest;
export default manifest;

/** Where the parts lie, seen from any script of the app; ends with a slash. */
export declare const partsFolder: string;
