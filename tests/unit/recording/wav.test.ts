import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { fromPcm, toPcm } from '../../../src/audio/pcm.ts';
import { wavHeader } from '../../../src/audio/wav.ts';
import { readWav } from '../../fixtures/wav.ts';

it('makes samples a WAV file that another reader takes for what it is', () => {
  const samples = Float32Array.from({ length: 1_601 }, (_, i) => Math.sin(i / 7) * 0.7);
  const pcm = Int16Array.from(samples, toPcm);
  const folder = mkdtempSync(join(tmpdir(), 'sotto-'));
  try {
    const path = join(folder, 'sound.wav');
    writeFileSync(path, Buffer.concat([wavHeader(pcm.length), Buffer.from(pcm.buffer)]));
    const read = readWav(path);
    expect(read.sampleRate).toBe(16_000);
    expect(read.samples.length).toBe(1_601);
    expect(fromPcm(pcm)).toEqual(read.samples);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it('F34 says its length up to the format’s limit', () => {
  const view = new DataView(wavHeader(3 * 2 ** 30).buffer);
  expect(view.getUint32(40, true)).toBe(0xffff_ffff);
  expect(view.getUint32(4, true)).toBe(0xffff_ffff);
});

it('F43 keeps what is too loud or no number within 16 bits', () => {
  expect(Array.from(Int16Array.from([1, -1, 2, -2, NaN, Infinity], toPcm))).toEqual([
    32_767, -32_768, 32_767, -32_768, 0, 32_767,
  ]);
});
