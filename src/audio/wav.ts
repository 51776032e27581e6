import { SAMPLE_BYTES } from './pcm.ts';
import { SAMPLE_RATE } from './units.ts';

const HEADER_BYTES = 44;
const PCM = 1;
/** The format's own limit, 37 hours; players read on to the end of a file that says this. */
const MAX_UINT32 = 0xffff_ffff;

/** What stands before 16-bit mono samples at 16 kHz to make a WAV file of them. */
export function wavHeader(sampleCount: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(HEADER_BYTES);
  const view = new DataView(bytes.buffer);
  const dataBytes = sampleCount * SAMPLE_BYTES;
  const text = (offset: number, value: string) => {
    for (let i = 0; i < value.length; i++) bytes[offset + i] = value.charCodeAt(i);
  };
  text(0, 'RIFF');
  view.setUint32(4, Math.min(MAX_UINT32, HEADER_BYTES - 8 + dataBytes), true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, PCM, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, SAMPLE_RATE, true);
  view.setUint32(28, SAMPLE_RATE * SAMPLE_BYTES, true);
  view.setUint16(32, SAMPLE_BYTES, true);
  view.setUint16(34, SAMPLE_BYTES * 8, true);
  text(36, 'data');
  view.setUint32(40, Math.min(MAX_UINT32, dataBytes), true);
  return bytes;
}
