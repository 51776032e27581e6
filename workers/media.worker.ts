/** Demuxes and decodes one file as a stream, on a thread that may be ended at any time. Everything happens in `media/read.ts`. */
import '../src/platform/trusted-types.ts';
import type { MediaEvent, ReadMessage } from '../src/media/protocol.ts';
import { readMedia } from './media/read.ts';

addEventListener('message', ({ data }: MessageEvent<ReadMessage>) => {
  void readMedia(data, (event: MediaEvent) => postMessage(event));
});
