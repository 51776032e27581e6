/**
 * The one table of response headers. The dev server and `vite preview` send it, the recipes for other hosts are written from
 * it (`build/recipes.ts`), and the service worker puts the policy part on every file it keeps, for hosts that send none.
 * Pure: it is compiled into the service worker.
 */
export type Headers = Readonly<Record<string, string>>;

/** Own origin and nothing else, for the page and for every worker: no inline script, no `eval`, no other host. */
const CONTENT_SECURITY_POLICY = {
  'default-src': "'none'",
  'script-src': "'self' 'wasm-unsafe-eval'",
  'worker-src': "'self'",
  'connect-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self' data: blob:",
  'media-src': "'self' blob:",
  'font-src': "'self'",
  'manifest-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
  'require-trusted-types-for': "'script'",
  'trusted-types': 'svelte-trusted-html default',
} as const;

/** Vite's client puts styles into the page as elements; what is built never does. */
const DEVELOPMENT_EXCEPTIONS: Partial<Record<keyof typeof CONTENT_SECURITY_POLICY, string>> = {
  'style-src': "'self' 'unsafe-inline'",
};

/** What the app asks of the browser, and what nothing in it may ever ask. */
const PERMISSIONS_POLICY = {
  microphone: 'self',
  'display-capture': 'self',
  'clipboard-write': 'self',
  'screen-wake-lock': 'self',
  'cross-origin-isolated': 'self',
  accelerometer: null,
  camera: null,
  'browsing-topics': null,
  geolocation: null,
  gyroscope: null,
  hid: null,
  magnetometer: null,
  midi: null,
  payment: null,
  serial: null,
  usb: null,
} as const;

/** `SharedArrayBuffer` needs the first two on the document, its workers and its worklets. */
export const ISOLATION_HEADERS = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
} as const satisfies Headers;

/** For every response. */
export const POLICY_HEADERS: Headers = {
  ...ISOLATION_HEADERS,
  'Content-Security-Policy': serialise(CONTENT_SECURITY_POLICY),
  // Chromium 152 and up: also stops what a content security policy leaves open (WebRTC, popups, navigation away).
  'Connection-Allowlist': '(response-origin)',
  'Permissions-Policy': Object.entries(PERMISSIONS_POLICY)
    .map(([feature, allowed]) => `${feature}=(${allowed ?? ''})`)
    .join(', '),
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

/** {@link POLICY_HEADERS} with the exceptions the dev server needs. */
export const DEVELOPMENT_HEADERS: Headers = {
  ...POLICY_HEADERS,
  'Content-Security-Policy': serialise({ ...CONTENT_SECURITY_POLICY, ...DEVELOPMENT_EXCEPTIONS }),
};

/** Folders of files whose names change with their content. */
export const IMMUTABLE_FOLDERS = ['assets', 'models'] as const;
export const IMMUTABLE = 'public, max-age=31536000, immutable';
export const REVALIDATE = 'no-cache';

/** @param path of a file in the build, from the build's own root, with or without a leading slash. */
export function cacheControl(path: string): string {
  const folder = path.replace(/^\//, '').split('/', 1)[0];
  return IMMUTABLE_FOLDERS.some((name) => name === folder) ? IMMUTABLE : REVALIDATE;
}

function serialise(policy: Readonly<Record<string, string>>): string {
  return Object.entries(policy)
    .map(([directive, value]) => `${directive} ${value}`)
    .join('; ');
}
