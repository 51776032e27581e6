import {
  AdtsOutputFormat,
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacketSink,
  FlacOutputFormat,
  Mp3OutputFormat,
  Mp4OutputFormat,
  OggOutputFormat,
  Output,
  type AudioCodec,
  type EncodedPacket,
  type InputAudioTrack,
  type OutputFormat,
} from 'mediabunny';
import { FailureError } from '../../src/platform/failure.ts';
import type { PageDecoder } from '../../src/media/protocol.ts';
import { codecName } from './codecs.ts';
import { isReadError, MAX_HOLES, RUN_UP_SECONDS, type Decoding } from './decode.ts';
import { mixToMono } from './mono.ts';
import type { Piece } from './stream.ts';

/** As much as is decoded at once, with all its channels: a few MB. */
const PIECE_SECONDS = 20;
/** Rates that every browser's audio graph has. */
const MIN_RATE = 8_000;
const MAX_RATE = 96_000;

/** The plainest file a codec's packets can be put into. */
const FORMATS: Readonly<Partial<Record<AudioCodec, () => OutputFormat>>> = {
  aac: () => new AdtsOutputFormat(),
  mp3: () => new Mp3OutputFormat({ xingHeader: false }),
  opus: () => new OggOutputFormat(),
  vorbis: () => new OggOutputFormat(),
  flac: () => new FlacOutputFormat(),
  ac3: () => new Mp4OutputFormat(),
  eac3: () => new Mp4OutputFormat(),
};

/** {@link Decoding} where WebCodecs are missing: packets are put into small files, and the page has the browser decode them. */
export class PieceDecoding implements Decoding {
  readonly #track: InputAudioTrack;
  readonly #page: Pick<PageDecoder, 'decode'>;
  #damaged = false;
  #endSeconds = 0;

  constructor(track: InputAudioTrack, page: Pick<PageDecoder, 'decode'>) {
    this.#track = track;
    this.#page = page;
  }

  get damaged(): boolean {
    return this.#damaged;
  }

  get endSeconds(): number {
    return this.#endSeconds;
  }

  async *pieces(fromSeconds: number): AsyncGenerator<Piece> {
    const rate = Math.min(MAX_RATE, Math.max(MIN_RATE, await this.#track.getSampleRate()));
    let holes = 0;
    for await (const packets of this.#parts(Math.max(0, fromSeconds - RUN_UP_SECONDS))) {
      try {
        const channels = await this.#page.decode(await this.#fileOf(packets), rate);
        const samples = mixToMono(channels);
        const { timestamp } = packets[0]!;
        this.#endSeconds = timestamp + samples.length / rate;
        yield { timeSeconds: timestamp, sampleRate: rate, samples };
      } catch {
        if (this.#endSeconds === 0)
          throw new FailureError({ name: 'codec-unsupported', codec: await codecName(this.#track) });
        this.#damaged = true;
        if (++holes > MAX_HOLES) return;
      }
    }
  }

  /** The track's packets, {@link PIECE_SECONDS} each, every part with the end of the last one as its run-up. */
  async *#parts(fromSeconds: number): AsyncGenerator<EncodedPacket[]> {
    const sink = new EncodedPacketSink(this.#track);
    const first = (await sink.getPacket(fromSeconds)) ?? (await sink.getFirstPacket());
    if (first === null) return;
    let part: EncodedPacket[] = [];
    let fresh = false;
    try {
      for await (const packet of sink.packets(first)) {
        part.push(packet);
        fresh = true;
        if (packet.timestamp + packet.duration - part[0]!.timestamp < PIECE_SECONDS) continue;
        yield part;
        part = part.filter(({ timestamp }) => timestamp >= packet.timestamp - RUN_UP_SECONDS);
        fresh = false;
      }
    } catch (error) {
      if (isReadError(error)) throw error;
      this.#damaged = true;
    }
    if (fresh) yield part;
  }

  async #fileOf(packets: readonly EncodedPacket[]): Promise<ArrayBuffer> {
    const [codec, decoderConfig] = await Promise.all([this.#track.getCodec(), this.#track.getDecoderConfig()]);
    const format = codec === null ? undefined : FORMATS[codec]?.();
    if (codec === null || format === undefined || decoderConfig === null)
      throw new TypeError('no file takes this codec');
    const target = new BufferTarget();
    const output = new Output({ format, target });
    const source = new EncodedAudioPacketSource(codec);
    output.addAudioTrack(source);
    await output.start();
    const start = packets[0]!.timestamp;
    for (const packet of packets)
      await source.add(packet.clone({ timestamp: packet.timestamp - start, type: 'key' }), { decoderConfig });
    await output.finalize();
    return target.buffer!;
  }
}
