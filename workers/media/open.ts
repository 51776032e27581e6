import {
  ADTS,
  BlobSource,
  FLAC,
  Input,
  MATROSKA,
  MP3,
  MP4,
  MPEG_TS,
  OGG,
  QTFF,
  WAVE,
  WEBM,
  type InputAudioTrack,
} from 'mediabunny';
import { secondsToSamples } from '../../src/audio/units.ts';
import { FailureError, type Failure } from '../../src/platform/failure.ts';
import { codecName } from './codecs.ts';
import { mended } from './mended.ts';

/** Told by content, whatever the file is called. */
const FORMATS = [WAVE, MP3, MP4, QTFF, MATROSKA, WEBM, OGG, FLAC, ADTS, MPEG_TS];

const MAX_CHANNELS = 32;
/** Rates outside of it belong to no recording; the resampler's own limits. */
const MIN_RATE = 8_000;
const MAX_RATE = 384_000;
/** A file that claims to be longer than it could be at this rate does not know its length. The thriftiest voice notes need more. */
const MIN_BITS_PER_SECOND = 400;

/** A file with sound in it that this browser can decode. */
export interface OpenMedia {
  readonly track: InputAudioTrack;
  /** Whether WebCodecs decode it; if not, the page may. */
  readonly streamed: boolean;
  /** As the file says; `null` when it says nothing that could be true. */
  readonly declaredSeconds: number | null;
  close(): void;
}

/** A source of its own, for reading beside another. */
function inputOf(file: Blob): Input {
  const source = new BlobSource(file, { handleUnhandledError: () => undefined });
  return new Input({ source, formats: FORMATS });
}

/**
 * @throws FailureError `not-audio`, `no-audio-track`, `codec-unsupported`, `file-refused`; whatever the browser throws when the file
 * cannot be read.
 */
export async function openMedia(given: Blob): Promise<OpenMedia> {
  if (given.size === 0) fail({ name: 'not-audio', reason: 'empty' });
  // The browser says here whether the file can be read at all.
  const file = await mended(given);
  const input = inputOf(file);
  try {
    if (!(await input.canRead())) fail({ name: 'not-audio', reason: 'unknown' });
    const tracks = await input.getTracks().catch(() => fail({ name: 'not-audio', reason: 'damaged' }));
    if (tracks.length === 0) fail({ name: 'not-audio', reason: 'damaged' });
    const track = await input.getPrimaryAudioTrack();
    if (track === null) fail({ name: 'no-audio-track' });
    const [channels, sampleRate] = await Promise.all([track.getNumberOfChannels(), track.getSampleRate()]);
    const possible = channels >= 1 && channels <= MAX_CHANNELS && sampleRate >= MIN_RATE && sampleRate <= MAX_RATE;
    if ((await track.getCodec()) === null) fail({ name: 'codec-unsupported', codec: await codecName(track) });
    if (!possible) fail({ name: 'file-refused', channels, sampleRate });
    const declared = await track.getDurationFromMetadata().catch(() => null);
    const longest = (file.size * 8) / MIN_BITS_PER_SECOND;
    const believable = declared !== null && declared > 0 && declared <= longest;
    return {
      track,
      streamed: await track.canDecode(),
      declaredSeconds: believable ? declared : null,
      close: () => input.dispose(),
    };
  } catch (error) {
    input.dispose();
    throw error;
  }
}

/**
 * How long a file is that does not say: its last packet is looked for.
 * @returns samples at 16 kHz; `null` when it cannot be told.
 */
export async function measureMedia(file: Blob): Promise<number | null> {
  const input = inputOf(file);
  try {
    const track = await input.getPrimaryAudioTrack();
    return track === null ? null : secondsToSamples(await track.computeDuration());
  } catch {
    return null;
  } finally {
    input.dispose();
  }
}

function fail(failure: Failure): never {
  throw new FailureError(failure);
}
