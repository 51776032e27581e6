import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { npmPlace } from '../../../build/models/places.ts';
import { readSources } from '../../../build/models/sources.ts';
import { DEFAULT_MODEL, MODEL_IDS, MODELS, SOURCE_ROLES } from '../../../src/recognizer/models.ts';

const ROOT = join(import.meta.dirname, '../../..');
const { devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  devDependencies: Record<string, string>;
};

describe('the catalogue', () => {
  test.each(MODEL_IDS)('%s is described in full', (id) => {
    const model = MODELS[id];
    expect(model).toMatchObject({ id, repository: `Xenova/whisper-${id}`, licence: 'Apache-2.0', multilingual: true });
    for (const role of SOURCE_ROLES) {
      expect(model.files[role].sha256).toMatch(/^[0-9a-f]{64}$/);
      expect(model.files[role].bytes).toBeGreaterThan(100);
    }
  });

  test('the default is one of them', () => expect(MODEL_IDS).toContain(DEFAULT_MODEL));

  test.each(['tiny', 'base'] as const)(
    'the data package of %s is pinned, and every file of it is the catalogue’s',
    async (id) => {
      const model = MODELS[id];
      expect(devDependencies[model.npm.name]).toBe(model.npm.version);
      const sources = await readSources(model, [npmPlace(ROOT)]);
      expect(Object.keys(sources).sort()).toEqual([...SOURCE_ROLES].sort());
    },
  );
});
