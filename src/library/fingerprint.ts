/** Looked at from either end. The head holds a container's header, the tail its last sounds. */
const END_BYTES = 1024 * 1024;

/**
 * What a file is known by when it is given again: SHA-256 over its length (8 bytes, little end first), its first and its last
 * MiB. A copy under another name has the same; a file that was recorded into, cut or converted has another.
 * @returns 64 hexadecimal digits.
 * @throws DOMException when the file cannot be read.
 */
export async function fingerprint(file: Blob): Promise<string> {
  const head = await file.slice(0, END_BYTES).arrayBuffer();
  const tail = await file.slice(Math.max(END_BYTES, file.size - END_BYTES)).arrayBuffer();
  const bytes = new Uint8Array(8 + head.byteLength + tail.byteLength);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(file.size), true);
  bytes.set(new Uint8Array(head), 8);
  bytes.set(new Uint8Array(tail), 8 + head.byteLength);
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
