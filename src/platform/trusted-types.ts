/**
 * The policy that the content security policy asks for, in every realm that starts workers: import this module first in the
 * page and in each worker. Script URLs must be of our own origin; markup and script text are not let through at all (Svelte
 * has a policy of its own for its templates). In browsers without Trusted Types the module does nothing.
 */
interface PolicyFactory {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): unknown;
}

/**
 * @returns `url` as it came.
 * @throws TypeError when it is of another origin, or `blob:` or `data:`.
 */
export function ownScriptUrl(url: string, base: string): string {
  const script = new URL(url, base);
  if (script.origin !== new URL(base).origin || !/^https?:$/.test(script.protocol)) {
    throw new TypeError(`script of another origin: ${script.protocol}//${script.host}`);
  }
  return url;
}

const { trustedTypes } = globalThis as { trustedTypes?: PolicyFactory };
trustedTypes?.createPolicy('default', { createScriptURL: (url) => ownScriptUrl(url, globalThis.location.href) });
