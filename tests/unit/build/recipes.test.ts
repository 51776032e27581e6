import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cacheControl, POLICY_HEADERS } from '../../../build/headers.ts';
import { recipes } from '../../../build/recipes.ts';

test.each(Object.entries(recipes()))('%s says what the table of headers says', (path, text) => {
  expect(readFileSync(join(import.meta.dirname, '../../..', path), 'utf8')).toBe(text);
});

test.each(Object.entries(recipes()))('%s carries every header', (_path, text) => {
  for (const [name, value] of Object.entries(POLICY_HEADERS)) {
    expect(text).toContain(name);
    expect(text).toContain(value);
  }
});

test('only files named after their content are kept for good', () => {
  expect(cacheControl('/assets/index-4f2a.js')).toContain('immutable');
  expect(cacheControl('models/base.0001.part')).toContain('immutable');
  expect(cacheControl('/')).toBe('no-cache');
  expect(cacheControl('/index.html')).toBe('no-cache');
  expect(cacheControl('/service-worker.js')).toBe('no-cache');
  expect(cacheControl('/manifest.webmanifest')).toBe('no-cache');
});
