import { expect, it } from 'vitest';
import { mended } from '../../../workers/media/mended.ts';
import { fixtureFile } from '../../app/support/files.ts';

const { content } = fixtureFile('callback.wav');
const bytesOf = async (blob: Blob) => Buffer.from(await blob.arrayBuffer());

it('F37: gives a WAV back the length that its recorder never came to write', async () => {
  const cutOff = Buffer.from(content);
  cutOff.writeUInt32LE(0, 4);
  cutOff.writeUInt32LE(0, 40);
  expect((await bytesOf(await mended(new Blob([cutOff])))).equals(content)).toBe(true);
});

it('leaves every other file as it is', async () => {
  const empty = Buffer.from(content.subarray(0, 44));
  empty.writeUInt32LE(0, 40);
  for (const bytes of [content, empty, content.subarray(0, 10), Buffer.from('a text'), Buffer.alloc(0)]) {
    const file = new Blob([new Uint8Array(bytes)]);
    expect(await mended(file)).toBe(file);
  }
});
