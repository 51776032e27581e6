/** The chunks before the samples fit into this, or they are no recorder's. */
const HEAD_BYTES = 4_096;
const CHUNK_BYTES = 8;

/**
 * The file, or one like it that says how long it is: a recorder that never came to write the last word leaves a WAV whose samples
 * are all there, behind a length of zero. Nothing is copied but the header.
 */
export async function mended(file: Blob): Promise<Blob> {
  const head = new DataView(await file.slice(0, HEAD_BYTES).arrayBuffer());
  if (head.byteLength < 12 || name(head, 0) !== 'RIFF' || name(head, 8) !== 'WAVE') return file;
  for (let at = 12; at + CHUNK_BYTES <= head.byteLength;) {
    const length = head.getUint32(at + 4, true);
    if (name(head, at) === 'data') {
      const there = file.size - at - CHUNK_BYTES;
      if (length > 0 || there === 0) return file;
      head.setUint32(at + 4, Math.min(there, 0xffff_ffff), true);
      head.setUint32(4, Math.min(file.size - CHUNK_BYTES, 0xffff_ffff), true);
      return new Blob([head.buffer, file.slice(HEAD_BYTES)]);
    }
    at += CHUNK_BYTES + length + (length & 1);
  }
  return file;
}

const name = (head: DataView, at: number): string =>
  String.fromCharCode(...Array.from({ length: 4 }, (_, i) => head.getUint8(at + i)));
