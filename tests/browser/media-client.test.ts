import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import voiceNote from '../fixtures/media/callback.ogg?url';
import { readMedia } from '../../src/media/client.ts';
import type { MediaEvent } from '../../src/media/protocol.ts';
import { Scope } from '../../src/platform/scope.ts';
import { RunFlag } from '../../src/recognizer/run-flag.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
afterEach(() => void vi.useRealTimers());

/** Has a worker read a file, and keeps what it says. */
function read(file: Blob): { readonly events: MediaEvent[]; readonly scope: Scope } {
  const scope = new Scope();
  const flag = new RunFlag();
  const epoch = flag.begin();
  flag.set();
  const events: MediaEvent[] = [];
  const { port1: out } = new MessageChannel();
  readMedia(scope, { file, fromSample: 0, flag: flag.buffer, epoch, out }, (event) => events.push(event));
  return { events, scope };
}

const typesOf = (events: readonly MediaEvent[]) => events.map(({ type }) => type);

/** Before its sound lie millions of pages of a stream that is not there: a minute's work for whoever reads them. */
function endless(note: ArrayBuffer): Blob {
  const bytes = new Uint8Array(note);
  const text = new TextDecoder('latin1').decode(bytes);
  const sound = text.indexOf('OggS', text.indexOf('OpusTags'));
  const page = new Uint8Array(27);
  page.set(bytes.subarray(0, 4));
  new DataView(page.buffer).setUint32(14, new DataView(note).getUint32(14, true) ^ 1, true);
  const many = new Blob(Array.from({ length: 40_000 }, () => page));
  return new Blob([bytes.subarray(0, sound), ...Array.from({ length: 500 }, () => many), bytes.subarray(sound)]);
}

it('F41: a file that stalls its reader is given up, and the next one is read', async () => {
  const note = await (await fetch(voiceNote)).arrayBuffer();
  const stalled = read(endless(note));
  // Only the client's own clock is wound on: the worker is really at it.
  const next = read(new Blob([note]));
  await vi.waitFor(() => expect(typesOf(next.events)).toContain('ended'), { timeout: 20_000 });
  expect(typesOf(next.events)).toContain('opened');
  expect(typesOf(stalled.events).filter((type) => type !== 'opened')).toEqual([]);
  vi.advanceTimersByTime(60_000);
  expect(stalled.events.at(-1)).toEqual({ type: 'failed', failure: { name: 'decoder-stalled' } });
  stalled.scope.dispose();
  next.scope.dispose();
});
