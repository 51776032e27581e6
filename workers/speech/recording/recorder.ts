import { SAMPLE_BYTES, toPcm } from '../../../src/audio/pcm.ts';
import { BLOCK_BYTES, journalBlock, journalHeader, type JournalEntry } from '../../../src/audio/recording/journal.ts';
import { msToSamples, SAMPLE_RATE } from '../../../src/audio/units.ts';

/** What is used of a `FileSystemSyncAccessHandle`. */
export interface RecordingFile {
  /** @returns bytes that were taken. */
  write(bytes: ArrayBufferView<ArrayBuffer>, options: { at: number }): number;
  flush(): void;
  truncate(size: number): void;
  getSize(): number;
  close(): void;
}

export interface RecordingFiles {
  readonly audio: RecordingFile;
  readonly journal: RecordingFile;
  readonly place: 'disk' | 'memory';
}

/** A page that dies loses no more than this: what was written is the system's, and no longer the page's. */
const WRITE_EVERY_SAMPLES = msToSamples(100);
/** A machine that loses its power loses no more than this: what was flushed is the disk's. */
const FLUSH_EVERY_SAMPLES = SAMPLE_RATE;
/** The sound can be read without its journal, and a flush takes a while. */
const FLUSH_JOURNAL_EVERY = 10;

/**
 * Appends sound to a recording, sound first and then what the journal says of it, so that at every moment the files can be read
 * and the journal promises nothing that is not there. Every method may throw what the disk throws, `QuotaExceededError` above all;
 * the files are whole then, too.
 */
export class Recorder {
  readonly #files: RecordingFiles;
  readonly #now: () => number;
  readonly #block = new Int16Array(FLUSH_EVERY_SAMPLES);
  #filled = 0;
  /** Samples in the file. */
  #written: number;
  #flushed: number;
  /** Blocks in the journal. */
  #place: number;
  /** The loudest sample since the last entry. */
  #peak = 0;
  #flushes = 0;
  #unflushedJournal = true;

  /**
   * Continues the files where their last whole sample ends, or begins them.
   * @param startSample what is missing before it becomes silence. @param now the clock, in milliseconds since the epoch.
   */
  constructor(files: RecordingFiles, startSample: number, now: () => number = Date.now) {
    this.#files = files;
    this.#now = now;
    const { audio, journal } = files;
    const found = Math.floor(audio.getSize() / SAMPLE_BYTES);
    this.#written = Math.max(found, startSample);
    if (audio.getSize() !== this.#written * SAMPLE_BYTES) audio.truncate(this.#written * SAMPLE_BYTES);
    this.#flushed = this.#written;
    this.#place = Math.floor(journal.getSize() / BLOCK_BYTES);
    journal.truncate(this.#place * BLOCK_BYTES);
    if (this.#place === 0) this.#enter(journalHeader(now()));
    if (this.#written > 0) this.mark('gap', this.#written);
  }

  /** Samples that outlive this page. */
  get samples(): number {
    return this.#written;
  }

  /** @returns whether more was flushed. */
  append(samples: Float32Array): boolean {
    const before = this.#flushed;
    for (const sample of samples) {
      const value = toPcm(sample);
      this.#block[this.#filled++] = value;
      if (Math.abs(value) > this.#peak) this.#peak = Math.abs(value);
      if (this.#filled === this.#block.length) this.write();
    }
    if (this.#filled >= WRITE_EVERY_SAMPLES) this.write();
    if (this.#written - this.#flushed >= FLUSH_EVERY_SAMPLES) this.flush();
    return this.#flushed > before;
  }

  /** Hands everything to the system. */
  write(): void {
    if (this.#filled === 0) return;
    const { audio } = this.#files;
    const bytes = this.#block.subarray(0, this.#filled);
    const count = audio.write(bytes, { at: this.#written * SAMPLE_BYTES });
    if (count === bytes.byteLength) {
      this.#written += this.#filled;
      this.#filled = 0;
      return;
    }
    // Where there is no room Chromium may give the number of an error for a count: the file's size tells what it took.
    const whole = Math.floor(audio.getSize() / SAMPLE_BYTES) - this.#written;
    this.#written += whole;
    this.#block.copyWithin(0, whole, this.#filled);
    this.#filled -= whole;
    throw new DOMException('the disk took a part', 'QuotaExceededError');
  }

  /** Hands everything to the disk, and says so in the journal. */
  flush(): void {
    this.write();
    if (this.#written === this.#flushed) return;
    this.#files.audio.flush();
    this.#flushed = this.#written;
    this.#enterEntry({ type: 'audio', sample: this.#written, peak: this.#peak, atMs: this.#now() });
    this.#peak = 0;
    if (++this.#flushes % FLUSH_JOURNAL_EVERY === 0) this.#flushJournal();
  }

  mark(type: 'gap' | 'utterance', sample: number): void {
    this.#enterEntry({ type, sample, atMs: this.#now() });
  }

  /** What there is no room for is given up; what was written is on disk, and the files are free. */
  giveUp(): void {
    this.#filled = 0;
    this.close(false);
  }

  /** Everything is on disk and the files are free. @param finished nothing of it waits for its text any more. */
  close(finished: boolean): void {
    try {
      this.flush();
      if (finished) this.#enterEntry({ type: 'finished', sample: this.#written, atMs: this.#now() });
      this.#flushJournal();
    } finally {
      this.#files.audio.close();
      this.#files.journal.close();
    }
  }

  #enterEntry(entry: JournalEntry): void {
    this.#enter(journalBlock(entry, this.#place));
  }

  #enter(block: Uint8Array<ArrayBuffer>): void {
    const count = this.#files.journal.write(block, { at: this.#place * BLOCK_BYTES });
    // A block that was not taken whole is written over by the next one.
    if (count !== BLOCK_BYTES) throw new DOMException('the disk took a part', 'QuotaExceededError');
    this.#place++;
    this.#unflushedJournal = true;
  }

  #flushJournal(): void {
    if (this.#unflushedJournal) this.#files.journal.flush();
    this.#unflushedJournal = false;
  }
}
