import { partsFolder } from 'virtual:sotto-packages';

// Every script of the page and of the workers is emitted into `assets/`, so this address serves all of them, whatever path the
// app is served from. (Kept out of `new URL` so that the bundler does not take the folder for one of its assets.)
const here = import.meta.url;

/** Where the parts lie; ends with a slash. */
export const PARTS_URL: string = new URL(partsFolder, here).href;

export const partUrl = (sha256: string): string => `${PARTS_URL}${sha256}.part`;
