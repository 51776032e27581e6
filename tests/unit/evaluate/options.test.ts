import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseBenchOptions } from '../../bench/options.ts';
import { chooseClips, readManifest } from '../../evaluate/manifest.ts';
import { parseEvaluateOptions, UsageError } from '../../evaluate/options.ts';

const FIXTURES = join(import.meta.dirname, '..', '..', 'fixtures', 'manifest.json');

describe('the command line of evaluate', () => {
  test('defaults', () => {
    expect(parseEvaluateOptions(['--manifest', 'm.json'])).toEqual({
      manifest: 'm.json',
      mode: 'file',
      model: 'base',
      language: null,
      engine: 'ours',
      terms: null,
      only: null,
      limit: null,
      json: null,
      tunings: null,
    });
  });

  test('everything said', () => {
    const line = '--manifest m --mode live --model tiny --language ja --engine ours --only ^en- --limit 3 --json o';
    expect(parseEvaluateOptions(line.split(' '))).toEqual({
      manifest: 'm',
      mode: 'live',
      model: 'tiny',
      language: 'ja',
      engine: 'ours',
      terms: null,
      only: /^en-/,
      limit: 3,
      json: 'o',
      tunings: null,
    });
  });

  test.each([
    ['', '--manifest'],
    ['--manifest', '--manifest'],
    ['--manifest m --mode sideways', '--mode sideways: one of live, simulated, file, media'],
    ['--manifest m --model huge', '--model huge: one of tiny, base, small'],
    ['--manifest m --language english', '--language english'],
    ['--manifest m --engine native', '--engine native: one of ours, stock'],
    ['--manifest m --only (', '--only ('],
    ['--manifest m --limit 0', '--limit 0: a whole number from 1'],
    ['--manifest m --limit many', '--limit many'],
    ['--manifest m --fast', '--fast'],
    ['--manifest m stray', 'stray'],
    ['--manifest m --engine stock --mode live', '--mode live'],
    ['--manifest m --engine stock --mode simulated', '--mode simulated'],
    ['--manifest m --engine stock --mode media', '--mode media'],
    ['--manifest m --engine stock --terms t', '--terms'],
    ['--manifest m --mode live --tunings t.ts', '--tunings'],
  ])('%o is refused, naming %o', (line, named) => {
    const parse = (): unknown => parseEvaluateOptions(line.split(' ').filter((word) => word !== ''));
    expect(parse).toThrow(UsageError);
    expect(parse).toThrow(named);
  });
});

describe('a manifest', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'sotto-manifest-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const written = (content: string): string => {
    const path = join(folder, 'manifest.json');
    writeFileSync(path, content);
    return path;
  };

  test('of our fixtures: files beside it', () => {
    const clips = readManifest(FIXTURES);
    expect(clips.length).toBeGreaterThan(5);
    expect(chooseClips(clips, /^(noise|music)$/, null).map(({ id }) => id)).toEqual(['noise', 'music']);
    expect(chooseClips(clips, null, 2)).toHaveLength(2);
    expect(() => chooseClips(clips, /nowhere/, null)).toThrow('--only nowhere');
  });

  test.each([
    ['{', 'not JSON'],
    ['{}', 'a list of clips'],
    ['[1]', 'entry 0'],
    ['[{"file": "a.wav"}]', 'id'],
    ['[{"id": "a", "file": "a.wav", "language": "en", "durationSeconds": 1}]', 'a: text'],
    ['[{"id": "a", "file": "a.wav", "language": "en", "durationSeconds": 1, "text": ""}]', 'a: no such file a.wav'],
  ])('%o is refused, naming %o', (content, named) => {
    expect(() => readManifest(written(content))).toThrow(named);
  });

  test('that is not there is named', () => {
    expect(() => readManifest(join(folder, 'none.json'))).toThrow('--manifest');
  });
});

describe('the command line of bench', () => {
  test('defaults: our own recordings, both models of every build', () => {
    expect(parseBenchOptions([])).toEqual({ models: ['tiny', 'base'], manifest: FIXTURES, runs: 3, json: null });
  });

  test.each([
    ['--model large', '--model large: one of tiny, base, small'],
    ['--runs 1.5', '--runs 1.5: a whole number from 1'],
    ['--mode live', '--mode'],
  ])('%o is refused, naming %o', (line, named) => {
    expect(() => parseBenchOptions(line.split(' '))).toThrow(named);
  });
});
