/**
 * Where the app's parts lie, whatever path the app is served from. Scripts of the page and of the workers are all emitted into
 * `assets/`, beside `models/`; the development server has the sources at their own paths and the parts below its base.
 * (The address is kept out of `new URL` so that the bundler does not take it for one of its assets.)
 */
const here = import.meta.url;

export const PARTS_URL: string = new URL(
  import.meta.env.DEV ? `${import.meta.env.BASE_URL}models/` : '../models/',
  here,
).href;

export const partUrl = (sha256: string): string => `${PARTS_URL}${sha256}.part`;
