import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** 35 seconds of speech. */
export const SPOKEN = join(import.meta.dirname, '..', 'fixtures', 'garden.wav');

const HEADER_BYTES = 44;
const BYTES_PER_SECOND = 32_000;

interface LongFile {
  readonly path: string;
  remove(): Promise<void>;
}

/** {@link SPOKEN} over and over with pauses between, so many minutes of it, as WAV on the disk. */
export async function longFile(minutes: number, pauseSeconds: number): Promise<LongFile> {
  const spoken = await readFile(SPOKEN);
  const round = Buffer.concat([spoken.subarray(HEADER_BYTES), Buffer.alloc(pauseSeconds * BYTES_PER_SECOND)]);
  const bytes = minutes * 60 * BYTES_PER_SECOND;
  const header = Buffer.from(spoken.subarray(0, HEADER_BYTES));
  header.writeUInt32LE(bytes + HEADER_BYTES - 8, 4);
  header.writeUInt32LE(bytes, HEADER_BYTES - 4);
  const folder = await mkdtemp(join(tmpdir(), 'sotto-long-'));
  const path = join(folder, `${minutes} minutes.wav`);
  const file = await open(path, 'w');
  try {
    await file.write(header);
    for (let written = 0; written < bytes; written += round.length)
      await file.write(round, 0, Math.min(round.length, bytes - written));
  } finally {
    await file.close();
  }
  return { path, remove: () => rm(folder, { recursive: true }) };
}
