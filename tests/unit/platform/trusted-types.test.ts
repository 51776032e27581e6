import { expect, test } from 'vitest';
import { ownScriptUrl } from '../../../src/platform/trusted-types.ts';

const page = 'https://sotto.example/app/index.html';

test.each(['./assets/speech.worker.js', '/app/assets/engine.mjs', 'https://sotto.example/app/service-worker.js'])(
  'a script of our own passes as it came: %s',
  (url) => expect(ownScriptUrl(url, page)).toBe(url),
);

test.each([
  'https://elsewhere.example/script.js',
  '//elsewhere.example/script.js',
  'http://sotto.example/app/script.js',
  'https://sotto.example:8443/script.js',
  'blob:https://sotto.example/7d9c',
  'data:text/javascript,1',
  'javascript:1',
])('anything else does not: %s', (url) => expect(() => ownScriptUrl(url, page)).toThrow(TypeError));
