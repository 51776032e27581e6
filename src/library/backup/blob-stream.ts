import { createSHA256 } from 'hash-wasm';

/** Read at once: large enough to be fast, small enough that the page stays awake. */
const STRETCH_BYTES = 2 ** 20;

/**
 * The bytes of a blob, a stretch at a time.
 * @throws DOMException `AbortError`, or whatever reading fails with.
 */
export async function* stretches(blob: Blob, signal: AbortSignal): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for (let at = 0; at < blob.size; at += STRETCH_BYTES) {
    signal.throwIfAborted();
    yield new Uint8Array(await blob.slice(at, at + STRETCH_BYTES).arrayBuffer());
  }
}

/**
 * SHA-256 of bytes that go by; Web Crypto wants them all at once.
 * @returns 64 hexadecimal digits.
 * @throws as {@link stretches} does.
 */
export async function sha256(blob: Blob, signal: AbortSignal, passed: (bytes: number) => void): Promise<string> {
  const hash = await createSHA256();
  for await (const stretch of stretches(blob, signal)) {
    hash.update(stretch);
    passed(stretch.byteLength);
  }
  return hash.digest('hex');
}
