import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cutFile, hasPart, packFiles, partName, PART_BYTES } from '../../../build/models/parts.ts';
import { sha256 } from '../../../build/models/sources.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sotto-parts-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Bytes that differ from part to part. */
const ramp = (length: number, offset = 0) => Uint8Array.from({ length }, (_, index) => (index + offset) % 251);

test.each([
  ['empty', 0, []],
  ['less than a part', 99, [99]],
  ['exactly two parts', 200, [100, 100]],
  ['two parts and a byte', 201, [100, 100, 1]],
])('a file is cut into parts that are the file again: %s', (_name, length, expected) => {
  const bytes = ramp(length);
  const { entry, pieces } = cutFile(bytes, 100);
  expect(entry.parts.map((part) => part.bytes)).toEqual(expected);
  expect(entry).toMatchObject({ bytes: length, sha256: sha256(bytes) });
  expect(Buffer.concat(pieces)).toEqual(Buffer.from(bytes));
  expect(pieces.map(sha256)).toEqual(entry.parts.map((part) => part.sha256));
});

test('no part is larger than 4 MiB', () => {
  expect(cutFile(new Uint8Array(PART_BYTES + 1)).entry.parts.map((part) => part.bytes)).toEqual([4_194_304, 1]);
});

test('what files have in common is written once and counted once', async () => {
  const first = await packFiles({ 'a.bin': ramp(250), 'b.bin': ramp(100) }, folder, 100);
  expect(first.bytes).toBe(250);
  const second = await packFiles({ 'c.bin': ramp(100), 'd.bin': ramp(30, 7) }, folder, 100);
  expect(second.bytes).toBe(130);
  expect(await readdir(folder)).toHaveLength(4);
});

test('each part lies under its own hash, and one that was cut short is written again', async () => {
  const { files } = await packFiles({ 'a.bin': ramp(100) }, folder, 100);
  const part = files['a.bin']!.parts[0]!;
  expect(sha256(await readFile(join(folder, partName(part))))).toBe(part.sha256);
  await writeFile(join(folder, partName(part)), 'half');
  expect(await hasPart(folder, part)).toBe(false);
  await packFiles({ 'a.bin': ramp(100) }, folder, 100);
  expect(await readFile(join(folder, partName(part)))).toEqual(Buffer.from(ramp(100)));
});
