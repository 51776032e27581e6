/**
 * The journal of a recording: what is known of the sound that lies beside it. Blocks of 24 bytes, little end first, appended and
 * never changed; the first one is the header. Each ends with a checksum that its place in the file goes into, so that a block which
 * was torn, or is a leftover of something else, is not believed, and the others still are.
 *
 *     header   "SOTTOREC"  version:u16  0:u16   startedAt:f64  crc:u32
 *     entry    sample:f64  atMs:f64     kind:u16  peak:u16     crc:u32
 *
 * The sound itself needs no journal to be read: it is 16-bit mono at 16 kHz from its first byte to its last whole sample.
 */
import { crc32 } from './crc32.ts';

export const BLOCK_BYTES = 24;

/** A journal of a higher version was written by a newer app, and is left alone. */
export const JOURNAL_VERSION = 1;

export type JournalEntry =
  /** All before `sample` is on the disk. `peak`: the loudest of it since the entry before, 0 to 32,768. */
  | { readonly type: 'audio'; readonly sample: number; readonly peak: number; readonly atMs: number }
  /** What follows `sample` did not follow at once: another microphone, a sleeping laptop (F33), another Start. */
  | { readonly type: 'gap'; readonly sample: number; readonly atMs: number }
  /** An utterance with speech in it ends here: recognition may begin anew from `sample` without cutting a word. */
  | { readonly type: 'utterance'; readonly sample: number; readonly atMs: number }
  /** Capture ended on purpose, and nothing of it waits for its text any more. */
  | { readonly type: 'finished'; readonly sample: number; readonly atMs: number };

export interface Journal {
  /** Milliseconds since the epoch; `null` when the header cannot be read. Tells people when, and orders nothing (F9). */
  readonly startedAt: number | null;
  /** In the order in which they were written. */
  readonly entries: readonly JournalEntry[];
}

const MAGIC = 'SOTTOREC';
const KINDS = ['audio', 'gap', 'utterance', 'finished'] as const;
const CRC_OFFSET = BLOCK_BYTES - 4;

/** The first block. @param startedAt milliseconds since the epoch. */
export function journalHeader(startedAt: number): Uint8Array<ArrayBuffer> {
  const block = new Uint8Array(BLOCK_BYTES);
  const view = new DataView(block.buffer);
  for (let i = 0; i < MAGIC.length; i++) block[i] = MAGIC.charCodeAt(i);
  view.setUint16(8, JOURNAL_VERSION, true);
  view.setFloat64(12, startedAt, true);
  return sealed(block, 0);
}

/** @param place of the block in the file, in blocks; the header's is 0. */
export function journalBlock(entry: JournalEntry, place: number): Uint8Array<ArrayBuffer> {
  const block = new Uint8Array(BLOCK_BYTES);
  const view = new DataView(block.buffer);
  view.setFloat64(0, entry.sample, true);
  view.setFloat64(8, entry.atMs, true);
  view.setUint16(16, KINDS.indexOf(entry.type) + 1, true);
  view.setUint16(18, entry.type === 'audio' ? entry.peak : 0, true);
  return sealed(block, place);
}

/**
 * Whatever of a journal can be believed: any bytes can be read, none makes it fail.
 * @returns `newer` when a newer version of the app wrote it.
 */
export function readJournal(bytes: Uint8Array): Journal | 'newer' {
  let startedAt: number | null = null;
  const entries: JournalEntry[] = [];
  for (let place = 0; (place + 1) * BLOCK_BYTES <= bytes.byteLength; place++) {
    const block = bytes.subarray(place * BLOCK_BYTES, (place + 1) * BLOCK_BYTES);
    const view = new DataView(block.buffer, block.byteOffset, BLOCK_BYTES);
    if (view.getUint32(CRC_OFFSET, true) !== checksum(block, place)) continue;
    if (place === 0) {
      if (!isHeader(block)) continue;
      if (view.getUint16(8, true) > JOURNAL_VERSION) return 'newer';
      startedAt = view.getFloat64(12, true);
    } else {
      const type = KINDS[view.getUint16(16, true) - 1];
      if (type === undefined) continue;
      const sample = view.getFloat64(0, true);
      const atMs = view.getFloat64(8, true);
      entries.push(type === 'audio' ? { type, sample, atMs, peak: view.getUint16(18, true) } : { type, sample, atMs });
    }
  }
  return { startedAt, entries };
}

/**
 * Where recognition can go on after the last word that is final, so that no word is cut or said twice: at the end of its utterance,
 * or of the word itself where that is not known.
 * @param word `null` when none is.
 */
export function resumeSample({ entries }: Journal, word: { startSample: number; endSample: number } | null): number {
  if (word === null) return 0;
  const end = entries.find(({ type, sample }) => type === 'utterance' && sample > word.startSample);
  return end?.sample ?? word.endSample;
}

const isHeader = (block: Uint8Array): boolean => MAGIC === String.fromCharCode(...block.subarray(0, MAGIC.length));

const checksum = (block: Uint8Array, place: number): number => crc32(block.subarray(0, CRC_OFFSET), place);

function sealed(block: Uint8Array<ArrayBuffer>, place: number): Uint8Array<ArrayBuffer> {
  new DataView(block.buffer).setUint32(CRC_OFFSET, checksum(block, place), true);
  return block;
}
