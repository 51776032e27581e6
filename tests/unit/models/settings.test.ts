import { expect, test } from 'vitest';
import { readSettings } from '../../../build/models/settings.ts';

test('tiny and base are built in unless told otherwise', () => {
  expect(readSettings({})).toEqual({ models: ['tiny', 'base'], folder: null, url: null });
});

test('models come smallest first, each once, whatever the order they are named in', () => {
  expect(readSettings({ SOTTO_MODELS: 'small, tiny,small' }).models).toEqual(['tiny', 'small']);
});

test.each(['', 'large', 'tiny,,base'])('"%s" is refused by name', (value) => {
  expect(() => readSettings({ SOTTO_MODELS: value })).toThrow(/^SOTTO_MODELS: .* is none of tiny, base, small$/);
});

test('places are taken as they are given', () => {
  const settings = readSettings({ SOTTO_MODELS_FOLDER: '/data/models', SOTTO_MODELS_URL: 'https://huggingface.co' });
  expect(settings).toMatchObject({ folder: '/data/models', url: 'https://huggingface.co' });
});
