import { describe, expect, it } from 'vitest';
import { crc32 } from '../../../src/audio/recording/crc32.ts';
import {
  BLOCK_BYTES,
  JOURNAL_VERSION,
  journalBlock,
  journalHeader,
  readJournal,
  resumeSample,
  type Journal,
  type JournalEntry,
} from '../../../src/audio/recording/journal.ts';
import { seeded } from '../../support/seeded.ts';

const STARTED_AT = Date.UTC(2026, 2, 1, 12, 4);

const audio = (sample: number, peak = 1_000): JournalEntry => ({ type: 'audio', sample, peak, atMs: STARTED_AT });

function written(entries: readonly JournalEntry[]): Uint8Array {
  const blocks = [journalHeader(STARTED_AT), ...entries.map((entry, index) => journalBlock(entry, index + 1))];
  return Uint8Array.from(blocks.flatMap((block) => [...block]));
}

function read(bytes: Uint8Array): Journal {
  const journal = readJournal(bytes);
  if (journal === 'newer') throw new Error('it is of this version');
  return journal;
}

it('sums up as everybody does', () => {
  const bytes = new TextEncoder().encode('123456789');
  expect(crc32(bytes)).toBe(0xcbf43926);
  expect(crc32(bytes.subarray(4), crc32(bytes.subarray(0, 4)))).toBe(0xcbf43926);
});

describe('the journal of a recording', () => {
  const entries: JournalEntry[] = [
    audio(16_000, 32_768),
    { type: 'utterance', sample: 15_200, atMs: STARTED_AT + 1_000 },
    audio(32_000, 0),
    { type: 'gap', sample: 32_000, atMs: STARTED_AT + 3_600_000 },
    // Nine hours, in samples.
    audio(518_400_000),
    { type: 'finished', sample: 518_400_000, atMs: STARTED_AT + 9 * 3_600_000 },
  ];

  it('is read as it was written', () => {
    expect(read(written(entries))).toEqual({ startedAt: STARTED_AT, entries });
  });

  it('F31 cut at any byte, gives every entry that was written whole', () => {
    const bytes = written(entries);
    for (let cut = 0; cut <= bytes.length; cut++) {
      const whole = Math.floor(cut / BLOCK_BYTES);
      expect(read(bytes.slice(0, cut)), `cut at ${cut}`).toEqual({
        startedAt: whole > 0 ? STARTED_AT : null,
        entries: entries.slice(0, Math.max(0, whole - 1)),
      });
    }
  });

  it('F31 with any byte spoiled, loses the block it is in and nothing else', () => {
    const bytes = written(entries);
    const random = seeded(31);
    for (let at = 0; at < bytes.length; at++) {
      const spoiled = bytes.slice();
      spoiled[at]! ^= 1 + Math.floor(random() * 255);
      const lost = Math.floor(at / BLOCK_BYTES);
      expect(read(spoiled), `byte ${at}`).toEqual({
        startedAt: lost === 0 ? null : STARTED_AT,
        entries: entries.filter((_, index) => index + 1 !== lost),
      });
    }
  });

  it('F31 believes nothing that is noise, zeros or a block from elsewhere', () => {
    const random = seeded(32);
    const noise = Uint8Array.from({ length: 100 * BLOCK_BYTES }, () => Math.floor(random() * 256));
    expect(read(noise).entries).toEqual([]);
    // What a file system may leave behind the last write after a power cut.
    const zeros = new Uint8Array(written(entries).length + 40 * BLOCK_BYTES);
    zeros.set(written(entries));
    expect(read(zeros).entries).toEqual(entries);
    const moved = written(entries);
    moved.copyWithin(4 * BLOCK_BYTES, BLOCK_BYTES, 2 * BLOCK_BYTES);
    expect(read(moved).entries).toEqual(entries.filter((_, index) => index !== 3));
  });

  it('F8 leaves one of a newer version alone', () => {
    const bytes = written(entries);
    const newer = bytes.subarray(0, BLOCK_BYTES);
    new DataView(newer.buffer).setUint16(8, JOURNAL_VERSION + 1, true);
    new DataView(newer.buffer).setUint32(BLOCK_BYTES - 4, crc32(newer.subarray(0, BLOCK_BYTES - 4), 0), true);
    expect(readJournal(bytes)).toBe('newer');
  });

  it('F9 reads the same whatever the clock said: nothing is ordered or expired by it', () => {
    const backwards = entries.map((entry, index) => ({ ...entry, atMs: STARTED_AT - index * 1e11 }));
    expect(read(written(backwards)).entries).toEqual(backwards);
    expect(resumeSample(read(written(backwards)), { startSample: 12_000, endSample: 15_000 })).toBe(15_200);
  });
});

it('recognition goes on behind the utterance of the last final word', () => {
  const journal: Journal = {
    startedAt: STARTED_AT,
    entries: [10_000, 30_000, 50_000].map((sample) => ({ type: 'utterance', sample, atMs: 0 })),
  };
  expect(resumeSample(journal, null)).toBe(0);
  expect(resumeSample(journal, { startSample: 9_000, endSample: 10_400 })).toBe(10_000);
  expect(resumeSample(journal, { startSample: 29_999, endSample: 30_200 })).toBe(30_000);
  expect(resumeSample(journal, { startSample: 50_000, endSample: 51_000 })).toBe(51_000);
});
