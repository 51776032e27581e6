import type { RecordingFile, RecordingFiles } from './recorder.ts';

/** Two hours: beyond it a phone would rather end the page. */
const MAX_BYTES = 2 * 3600 * 16_000 * 2;
const CHUNK_BYTES = 2 ** 20;

/** A file that lasts as long as the worker, appended to. */
class MemoryFile implements RecordingFile {
  readonly #chunks: Uint8Array<ArrayBuffer>[] = [];
  #size = 0;

  write({ buffer, byteOffset, byteLength }: ArrayBufferView<ArrayBuffer>): number {
    const from = new Uint8Array(buffer, byteOffset, byteLength);
    const taken = Math.min(from.length, MAX_BYTES - this.#size);
    for (let done = 0; done < taken;) {
      const offset = this.#size % CHUNK_BYTES;
      if (offset === 0) this.#chunks.push(new Uint8Array(CHUNK_BYTES));
      const part = from.subarray(done, Math.min(taken, done + CHUNK_BYTES - offset));
      this.#chunks.at(-1)?.set(part, offset);
      done += part.length;
      this.#size += part.length;
    }
    return taken;
  }

  flush(): void {
    // There is no disk behind it.
  }

  truncate(size: number): void {
    for (; this.#size < size;) this.write(new Uint8Array(Math.min(CHUNK_BYTES, size - this.#size)));
  }

  getSize(): number {
    return this.#size;
  }

  close(): void {
    // It lasts as long as somebody holds it.
  }

  /** All of it; the browser may keep it outside the page's memory. */
  blob(): Blob {
    return new Blob(this.#chunks.map((chunk, i) => chunk.subarray(0, this.#size - i * CHUNK_BYTES)));
  }
}

export interface MemoryFiles extends RecordingFiles {
  blobs(): { readonly audio: Blob; readonly journal: Blob };
}

/** Files for a browser that keeps none (F18). */
export function memoryFiles(): MemoryFiles {
  const audio = new MemoryFile();
  const journal = new MemoryFile();
  return { audio, journal, place: 'memory', blobs: () => ({ audio: audio.blob(), journal: journal.blob() }) };
}
