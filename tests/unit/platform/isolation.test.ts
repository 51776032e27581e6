import { expect, test } from 'vitest';
import { decide } from '../../../src/platform/isolation.ts';

const bare = { isolated: false, secureContext: true, capable: true, tried: false };

test('an isolated page runs, whatever happened before', () => {
  expect(decide({ ...bare, isolated: true, tried: true })).toBe('run');
});

test('F1: without headers the service worker is tried once', () => {
  expect(decide(bare)).toBe('repair');
  expect(decide({ ...bare, tried: true })).toBe('headers');
});

test('F4: what no reload can repair is named', () => {
  expect(decide({ ...bare, capable: false })).toBe('unsupported');
  // An insecure page has no service workers either: the address is what has to change.
  expect(decide({ ...bare, secureContext: false, capable: false })).toBe('insecure-context');
});
