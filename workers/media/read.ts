import { wrap } from 'comlink';
import type { InputAudioTrack } from 'mediabunny';
import { samplesToSeconds, secondsToSamples } from '../../src/audio/units.ts';
import type { MediaEvent, PageDecoder, ReadMessage } from '../../src/media/protocol.ts';
import { describeError, failureOf, type Failure } from '../../src/platform/failure.ts';
import { RunFlag } from '../../src/recognizer/run-flag.ts';
import { isReadError, StreamDecoding, type Decoding } from './decode.ts';
import { Feed } from './feed.ts';
import { measureMedia, openMedia } from './open.ts';
import { Stream } from './stream.ts';

/** A file that ends so much before the time it gives has been cut off; rounding and priming make up less. */
const CUT_OFF_SECONDS = 2;

/** Reads a file from a sample on to its end, no faster than it is recognised, and says how that goes. Never rejects. */
export async function readMedia(request: ReadMessage, emit: (event: MediaEvent) => void): Promise<void> {
  try {
    await read(request, emit);
  } catch (error) {
    emit({ type: 'failed', failure: mediaFailure(error) });
  }
}

async function read({ file, fromSample, flag, epoch, out, decoder }: ReadMessage, emit: (event: MediaEvent) => void) {
  const { track, streamed, declaredSeconds, close } = await openMedia(file);
  try {
    const durationSamples = declaredSeconds === null ? null : secondsToSamples(declaredSeconds);
    emit({ type: 'opened', durationSamples });
    if (durationSamples === null)
      void measureMedia(file).then((samples) => {
        if (samples !== null) emit({ type: 'measured', durationSamples: samples });
      });
    const stream = new Stream(fromSample);
    const decoding = streamed ? new StreamDecoding(track) : await pieceDecoding(track, decoder);
    const feed = new Feed(out, new RunFlag(flag), epoch, {
      fed: () => emit({ type: 'read', sampleIndex: stream.position }),
      resting: () => emit({ type: 'resting' }),
    });
    for await (const piece of decoding.pieces(samplesToSeconds(fromSample))) {
      for (const samples of stream.push(piece)) if (!(await feed.push(samples))) return;
    }
    for (const samples of stream.flush()) await feed.push(samples);
    feed.end();
    const cutOff = declaredSeconds !== null && decoding.endSeconds < declaredSeconds - CUT_OFF_SECONDS;
    emit({ type: 'ended', sampleIndex: stream.position, damaged: decoding.damaged || cutOff });
  } finally {
    close();
  }
}

/** What it takes is loaded when it is needed: hardly ever. */
async function pieceDecoding(track: InputAudioTrack, page: MessagePort): Promise<Decoding> {
  const { PieceDecoding } = await import('./decode-pieces.ts');
  return new PieceDecoding(track, wrap<PageDecoder>(page));
}

function mediaFailure(error: unknown): Failure {
  if (isReadError(error)) return { name: error.name === 'NotFoundError' ? 'file-missing' : 'file-changed' };
  return failureOf(error) ?? { name: 'decoding-failed', detail: describeError(error) };
}
