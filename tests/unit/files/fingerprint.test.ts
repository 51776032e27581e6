import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { fingerprint } from '../../../src/library/fingerprint.ts';
import { seeded } from '../../support/seeded.ts';

const random = seeded(5);
const bytes = (length: number) => Uint8Array.from({ length }, () => Math.floor(random() * 256));
const MIB = 1024 * 1024;

it('is the SHA-256 of length, head and tail', async () => {
  const content = bytes(3 * MIB + 17);
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(BigInt(content.length));
  const expected = createHash('sha256').update(size).update(content.subarray(0, MIB)).update(content.subarray(-MIB));
  expect(await fingerprint(new Blob([content]))).toBe(expected.digest('hex'));
});

it('takes every byte of a short file once', async () => {
  const content = bytes(1_000);
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(1_000n);
  expect(await fingerprint(new Blob([content]))).toBe(createHash('sha256').update(size).update(content).digest('hex'));
});

it('differs when a file has grown or its end has changed', async () => {
  const content = bytes(2 * MIB);
  const grown = new Uint8Array([...content, 0]);
  const changed = content.slice();
  changed[changed.length - 1]! ^= 1;
  const prints = await Promise.all([content, grown, changed].map((part) => fingerprint(new Blob([part]))));
  expect(new Set(prints).size).toBe(3);
});
