import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { readMedia } from '../../src/media/client.ts';
import type { MediaEvent } from '../../src/media/protocol.ts';
import { Scope } from '../../src/platform/scope.ts';
import { RunFlag } from '../../src/recognizer/run-flag.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
afterEach(() => void vi.useRealTimers());

it('F41: a reader that gives no sign of life is ended, and the failure named', () => {
  const scope = new Scope();
  const flag = new RunFlag();
  const events: MediaEvent[] = [];
  const { port1: out } = new MessageChannel();
  // The clock runs before the worker has even started: nothing else is as surely silent.
  readMedia(scope, { file: new Blob(['x']), fromSample: 0, flag: flag.buffer, epoch: flag.begin(), out }, (event) => {
    events.push(event);
  });
  vi.advanceTimersByTime(60_000);
  expect(events).toEqual([{ type: 'failed', failure: { name: 'decoder-stalled' } }]);
  scope.dispose();
});
