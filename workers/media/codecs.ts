import type { InputAudioTrack } from 'mediabunny';

/** By the containers' own marks (MP4's four letters, Matroska's ids, WAVE's numbers) and by the demuxer's names. */
const NAMES: Readonly<Record<string, string>> = {
  aac: 'AAC',
  ac3: 'Dolby Digital (AC-3)',
  eac3: 'Dolby Digital Plus (E-AC-3)',
  dts: 'DTS',
  mp3: 'MP3',
  opus: 'Opus',
  vorbis: 'Vorbis',
  flac: 'FLAC',
  samr: 'AMR',
  sawb: 'AMR-WB',
  alac: 'Apple Lossless (ALAC)',
  enca: 'DRM',
  'ac-4': 'Dolby AC-4',
  A_TRUEHD: 'Dolby TrueHD',
  A_ALAC: 'Apple Lossless (ALAC)',
  '2': 'Microsoft ADPCM',
  '17': 'IMA ADPCM',
  '49': 'GSM 6.10',
  '353': 'Windows Media Audio',
};

/** What people who know about codecs call a track's. */
export async function codecName(track: InputAudioTrack): Promise<string> {
  const codec = await track.getCodec();
  if (codec !== null) return NAMES[codec] ?? codec.toUpperCase();
  const id = await track.getInternalCodecId();
  const mark = typeof id === 'string' || typeof id === 'number' ? String(id).trim() : '';
  return NAMES[mark] ?? (mark === '' ? '?' : mark);
}
