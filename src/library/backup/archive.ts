import { makeZip } from 'client-zip';
import { createSHA256 } from 'hash-wasm';
import { stretches } from './blob-stream.ts';
import type { ManifestEntry } from './layout.ts';

/** What goes into an archive under a name. */
export interface Part {
  readonly name: string;
  readonly content: Blob;
}

/** What stands in the archive for a stretch of a part that is there as a whole already. */
const NOTHING = new Blob();

/**
 * A zip of the parts, itself a blob that refers to theirs: gigabytes on the disk are read once, for their checksums, and never
 * copied, not before the browser saves the archive. client-zip passes on the very stretches it is given, which is how they are
 * recognised here and left where they are.
 * @param last made of the parts' names, sizes and SHA-256 when all of them are known.
 * @param passed called with the bytes that have gone by.
 * @throws DOMException `AbortError`, or `NotReadableError` when a part has changed meanwhile.
 */
export async function archive(
  parts: AsyncIterable<Part>,
  last: (entries: readonly ManifestEntry[]) => Promise<readonly Part[]>,
  signal: AbortSignal,
  passed: (bytes: number) => void,
): Promise<Blob> {
  const stands = new WeakMap<Uint8Array, Blob>();
  const entries: ManifestEntry[] = [];

  async function* contentOf({ name, content }: Part): AsyncGenerator<Uint8Array> {
    const hash = await createSHA256();
    let blob = content;
    for await (const stretch of stretches(content, signal)) {
      hash.update(stretch);
      stands.set(stretch, blob);
      blob = NOTHING;
      passed(stretch.byteLength);
      yield stretch;
    }
    entries.push({ name, bytes: content.size, sha256: hash.digest('hex') });
  }

  async function* files() {
    for await (const part of parts) yield { name: part.name, input: contentOf(part) };
    for (const part of await last(entries)) yield { name: part.name, input: part.content };
  }

  const written: BlobPart[] = [];
  const reader = makeZip(files()).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return new Blob(written, { type: 'application/zip' });
    written.push(stands.get(value) ?? new Uint8Array(value));
  }
}
