import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { UsageError } from './options.ts';
import type { Reference } from './score/score.ts';
import type { TimedWord } from './score/word-times.ts';

/** One entry of a manifest; fields that are not named here are left alone. */
export interface Clip extends Reference {
  readonly id: string;
  readonly kind: string;
  readonly durationSeconds: number;
  /** When each word is said, where that is known. */
  readonly words?: readonly TimedWord[];
  /** Absolute path. */
  readonly path: string;
}

/**
 * Reads a manifest: a JSON list of `{id, file, language, kind, durationSeconds, text, textAlternatives?, words?}`, files relative
 * to it.
 * @throws UsageError naming the manifest and the entry that is wrong.
 */
export function readManifest(file: string): Clip[] {
  const path = resolve(file);
  if (!existsSync(path)) throw new UsageError(`--manifest ${file}: no such file`);
  let entries: unknown;
  try {
    entries = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new UsageError(`--manifest ${file}: not JSON (${error instanceof Error ? error.message : String(error)})`);
  }
  if (!Array.isArray(entries)) throw new UsageError(`--manifest ${file}: a list of clips is wanted`);
  return entries.map((entry: unknown, i) => {
    const refuse = (what: string): never => {
      throw new UsageError(`--manifest ${file}: entry ${i}: ${what}`);
    };
    if (typeof entry !== 'object' || entry === null) return refuse('not an object');
    const {
      id,
      file: clipFile,
      language,
      kind,
      durationSeconds,
      text,
      textAlternatives,
      words,
    } = entry as Record<string, unknown>;
    if (typeof id !== 'string') return refuse('id: a string is wanted');
    if (typeof clipFile !== 'string') return refuse(`${id}: file: a string is wanted`);
    if (typeof language !== 'string') return refuse(`${id}: language: a string is wanted`);
    if (typeof durationSeconds !== 'number') return refuse(`${id}: durationSeconds: a number is wanted`);
    if (typeof text !== 'string' && text !== null) return refuse(`${id}: text: a string or null is wanted`);
    const clipPath = resolve(dirname(path), clipFile);
    if (!existsSync(clipPath)) return refuse(`${id}: no such file ${clipFile}`);
    return {
      id,
      path: clipPath,
      language,
      kind: typeof kind === 'string' ? kind : '',
      durationSeconds,
      text,
      ...(isTexts(textAlternatives) && { textAlternatives }),
      ...(areTimed(words) && { words: words.map(([word, start, end]) => ({ text: word, start, end })) }),
    };
  });
}

/** @throws UsageError when nothing is left. */
export function chooseClips(clips: readonly Clip[], only: RegExp | null, limit: number | null): Clip[] {
  const chosen = clips.filter(({ id }) => only === null || only.test(id)).slice(0, limit ?? Infinity);
  if (chosen.length === 0)
    throw new UsageError(only === null ? '--manifest: it has no clips' : `--only ${only.source}: no clip's id matches`);
  return chosen;
}

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((text) => typeof text === 'string');

/** `[["Please", 0.344, 0.649], …]`, in seconds. */
const areTimed = (value: unknown): value is [text: string, start: number, end: number][] =>
  Array.isArray(value) &&
  value.every(
    (word: unknown) =>
      Array.isArray(word) && typeof word[0] === 'string' && typeof word[1] === 'number' && typeof word[2] === 'number',
  );
