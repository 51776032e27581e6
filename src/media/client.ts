import { expose } from 'comlink';
import type { Scope } from '../platform/scope.ts';
import { pageDecoder } from './page-decoder.ts';
import type { MediaEvent, ReadMessage, ReadRequest } from './protocol.ts';

/** A reader that says nothing for so many looks in a row has stalled (F41). Looks, not time: a laptop may sleep in between. */
const SILENT_LOOKS = 5;
const LOOK_EVERY_MS = 4_000;

/**
 * Has a worker of its own read a file. It ends with the scope, whatever it is doing; after `ended` or `failed` nothing more comes.
 */
export function readMedia(scope: Scope, request: ReadRequest, onEvent: (event: MediaEvent) => void): void {
  const own = scope.child();
  const worker = new Worker(new URL('../../workers/media.worker.ts', import.meta.url), {
    type: 'module',
    name: 'sotto-media',
  });
  own.add(() => worker.terminate());
  let silent = 0;
  const tell = (event: MediaEvent): void => {
    if (own.disposed) return;
    silent = 0;
    if (event.type === 'ended' || event.type === 'failed') own.dispose();
    onEvent(event);
  };
  own.listen(worker, 'message', ({ data }: MessageEvent<MediaEvent>) => tell(data));
  own.listen(worker, 'error', (event: ErrorEvent) => {
    event.preventDefault();
    tell({
      type: 'failed',
      failure: { name: 'decoding-failed', detail: event.message || 'the script could not be loaded' },
    });
  });
  own.every(LOOK_EVERY_MS, () => {
    if (++silent >= SILENT_LOOKS) tell({ type: 'failed', failure: { name: 'decoder-stalled' } });
  });
  const { port1, port2: decoder } = new MessageChannel();
  own.add(() => port1.close());
  expose(pageDecoder, port1);
  worker.postMessage({ ...request, decoder } satisfies ReadMessage, [request.out, decoder]);
}
