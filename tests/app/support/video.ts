import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  ALL_FORMATS,
  BufferSource,
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacket,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  Input,
  MkvOutputFormat,
  Output,
} from 'mediabunny';
import { fixture, readWav } from '../../fixtures/wav.ts';
import type { Given } from './files.ts';

const PICTURES = join(import.meta.dirname, '..', '..', 'fixtures', 'media', 'no-sound.mp4');
const BLOCK_SECONDS = 0.5;

/** A film of the right length: the pictures of a fixture over and over, and a recording so many times, as plain samples. */
export async function videoOf(recording: string, times: number, name: string): Promise<Given> {
  const { samples, sampleRate } = readWav(fixture(recording).path);
  const sound = new Int16Array(samples.length * times);
  for (let i = 0; i < sound.length; i++) sound[i] = Math.round(samples[i % samples.length]! * 32_768);
  const input = new Input({ source: new BufferSource(readFileSync(PICTURES)), formats: ALL_FORMATS });
  const pictures = (await input.getPrimaryVideoTrack())!;
  const target = new BufferTarget();
  const output = new Output({ format: new MkvOutputFormat(), target });
  const video = new EncodedVideoPacketSource('avc');
  const audio = new EncodedAudioPacketSource('pcm-s16');
  output.addVideoTrack(video);
  output.addAudioTrack(audio);
  await output.start();
  const decoderConfig = (await pictures.getDecoderConfig())!;
  const shown: EncodedPacket[] = [];
  for await (const packet of new EncodedPacketSink(pictures).packets()) shown.push(packet);
  const round = await pictures.computeDuration();
  const block = Math.round(BLOCK_SECONDS * sampleRate);
  const audioConfig = { decoderConfig: { codec: 'pcm-s16', numberOfChannels: 1, sampleRate } };
  let next = 0;
  for (let from = 0; from < sound.length; from += block) {
    const part = sound.slice(from, from + block);
    const seconds = from / sampleRate;
    for (; next * (round / shown.length) <= seconds; next++) {
      const packet = shown[next % shown.length]!;
      const timestamp = packet.timestamp + Math.floor(next / shown.length) * round;
      await video.add(packet.clone({ timestamp }), { decoderConfig });
    }
    const data = new Uint8Array(part.buffer);
    await audio.add(new EncodedPacket(data, 'key', seconds, part.length / sampleRate), audioConfig);
  }
  await output.finalize();
  return { name, content: Buffer.from(target.buffer!) };
}
