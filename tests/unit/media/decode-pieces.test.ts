import { readFileSync } from 'node:fs';
import { ALL_FORMATS, BlobSource, BufferSource, Input, type InputAudioTrack } from 'mediabunny';
import { expect, it } from 'vitest';
import { SAMPLE_RATE } from '../../../src/audio/units.ts';
import { PieceDecoding } from '../../../workers/media/decode-pieces.ts';
import { Stream } from '../../../workers/media/stream.ts';

const fixture = (name: string): Buffer => readFileSync(new URL(`../../fixtures/media/${name}`, import.meta.url));

async function trackOf(file: Blob): Promise<InputAudioTrack> {
  const input = new Input({ source: new BlobSource(file), formats: ALL_FORMATS });
  return (await input.getPrimaryAudioTrack())!;
}

/** Stands where the page decodes: the sound is a rising line, the length and the format are the file's own. */
function listener(refuse: (file: number) => boolean = () => false) {
  const seconds: number[] = [];
  const mediaTypes = new Set<string>();
  const decode = async (file: ArrayBuffer, sampleRate: number) => {
    const input = new Input({ source: new BufferSource(file), formats: ALL_FORMATS });
    mediaTypes.add(await input.getMimeType());
    const duration = await (await input.getPrimaryAudioTrack())!.computeDuration();
    seconds.push(duration);
    if (refuse(seconds.length)) throw new DOMException('it cannot be decoded', 'EncodingError');
    return [new Float32Array(Math.round(duration * sampleRate)).fill(0.25)];
  };
  return { decode, seconds, mediaTypes };
}

async function collect(decoding: PieceDecoding, fromSeconds = 0): Promise<number> {
  const stream = new Stream(fromSeconds * SAMPLE_RATE);
  let count = 0;
  for await (const piece of decoding.pieces(fromSeconds)) for (const part of stream.push(piece)) count += part.length;
  for (const part of stream.flush()) count += part.length;
  return count;
}

/** MP3 frames follow each other as they like: 46 seconds. */
const LONG = new Blob(Array.from({ length: 16 }, () => new Uint8Array(fixture('callback.mp3'))));

it('gives the page files of twenty seconds, and puts what comes back behind each other without gap or overlap', async () => {
  const track = await trackOf(LONG);
  const whole = await track.computeDuration();
  const page = listener();
  const decoding = new PieceDecoding(track, page);
  const count = await collect(decoding);
  expect(whole).toBeGreaterThan(40);
  expect(Math.abs(count / SAMPLE_RATE - whole)).toBeLessThan(0.1);
  expect(page.seconds.length).toBeGreaterThanOrEqual(3);
  expect(Math.max(...page.seconds)).toBeLessThan(20.1);
  expect([...page.mediaTypes].join()).toMatch(/mpeg/);
  expect(decoding.damaged).toBe(false);
});

it('begins where it is told', async () => {
  const track = await trackOf(LONG);
  const count = await collect(new PieceDecoding(track, listener()), 30);
  expect(Math.abs(count / SAMPLE_RATE - ((await track.computeDuration()) - 30))).toBeLessThan(0.1);
});

it.each(['callback.m4a', 'callback.ogg', 'callback.flac', 'callback.webm', 'callback.mp4'])(
  'puts the packets of %s into a file of their own',
  async (name) => {
    const track = await trackOf(new Blob([new Uint8Array(fixture(name))]));
    const page = listener();
    const count = await collect(new PieceDecoding(track, page));
    expect(page.seconds).toHaveLength(1);
    expect(count / SAMPLE_RATE).toBeGreaterThan(2.5);
    expect(count / SAMPLE_RATE).toBeLessThan(3.2);
  },
);

it('F37: leaves silence where a piece cannot be decoded, and says so', async () => {
  const track = await trackOf(LONG);
  const decoding = new PieceDecoding(
    track,
    listener((file) => file === 2),
  );
  const count = await collect(decoding);
  expect(decoding.damaged).toBe(true);
  expect(Math.abs(count / SAMPLE_RATE - (await track.computeDuration()))).toBeLessThan(0.1);
});

it('F42: names the codec when the page cannot decode it either', async () => {
  const track = await trackOf(new Blob([new Uint8Array(fixture('unsupported.mkv'))]));
  const decoding = new PieceDecoding(
    track,
    listener(() => true),
  );
  await expect(collect(decoding)).rejects.toMatchObject({
    failure: { name: 'codec-unsupported', codec: 'Dolby Digital (AC-3)' },
  });
});
