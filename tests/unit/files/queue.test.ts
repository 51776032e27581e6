import { describe, expect, it } from 'vitest';
import {
  EMPTY_QUEUE,
  nextJob,
  reduce,
  type Job,
  type Queue,
  type QueueEvent,
} from '../../../src/session/files/queue.ts';

const job = (id: string, rest: Partial<Job> = {}): Job => ({
  id,
  name: 'interview.mp3',
  bytes: 1_000,
  language: null,
  again: null,
  phase: 'queued',
  resumeSample: 0,
  positionSample: 0,
  durationSamples: null,
  damaged: false,
  failure: null,
  ...rest,
});

const after = (queue: Queue, ...events: QueueEvent[]): Queue => events.reduce(reduce, queue);
const queueOf = (...jobs: Job[]): Queue => after(EMPTY_QUEUE, { type: 'added', jobs, restored: false });
const phases = ({ jobs }: Queue) => Object.fromEntries(jobs.map(({ id, phase }) => [id, phase]));

describe('the queue of files', () => {
  it('works on one file at a time, in their order', () => {
    let queue = queueOf(job('a'), job('b'));
    expect(nextJob(queue)?.id).toBe('a');
    queue = after(queue, { type: 'began', id: 'a' }, { type: 'opened', id: 'a', durationSamples: 32_000 });
    expect(nextJob(queue)?.id).toBe('a');
    queue = after(queue, { type: 'finished', id: 'a', endSample: 31_900, damaged: false });
    expect(nextJob(queue)?.id).toBe('b');
    expect(queue.jobs[0]).toMatchObject({ phase: 'done', positionSample: 31_900, durationSamples: 31_900 });
  });

  it('keeps the language a person has said for one file', () => {
    const queue = after(queueOf(job('a'), job('b')), { type: 'language', id: 'b', language: 'ja' });
    expect(queue.jobs.map(({ language }) => language)).toEqual([null, 'ja']);
    expect(after(queue, { type: 'began', id: 'b' }).jobs[1]!.language).toBe('ja');
  });

  it('puts restored files before those that were added while they were loaded', () => {
    const queue = after(queueOf(job('new')), { type: 'added', jobs: [job('old')], restored: true });
    expect(queue.jobs.map(({ id }) => id)).toEqual(['old', 'new']);
  });

  it('goes on where the last final words end: what was only heard is heard again', () => {
    const queue = after(
      queueOf(job('a')),
      { type: 'began', id: 'a' },
      { type: 'opened', id: 'a', durationSamples: 500_000 },
      { type: 'written', id: 'a', resumeSample: 100_000 },
      { type: 'progressed', id: 'a', sample: 180_000 },
      { type: 'paused', id: 'a' },
    );
    expect(queue.jobs[0]).toMatchObject({ phase: 'paused', resumeSample: 100_000, positionSample: 100_000 });
    expect(nextJob(queue)).toBeNull();
    expect(nextJob(after(queue, { type: 'resumed', id: 'a' }))?.resumeSample).toBe(100_000);
  });

  it('takes the words of a piece that ends after the pause, and never goes back', () => {
    const queue = after(
      queueOf(job('a', { resumeSample: 100_000 })),
      { type: 'paused', id: 'a' },
      { type: 'written', id: 'a', resumeSample: 140_000 },
      { type: 'written', id: 'a', resumeSample: 120_000 },
    );
    expect(queue.jobs[0]).toMatchObject({ phase: 'paused', resumeSample: 140_000 });
  });

  it('gives a recording the recogniser, and takes up the same file after it', () => {
    let queue = after(
      queueOf(job('a'), job('b')),
      { type: 'began', id: 'a' },
      { type: 'opened', id: 'a', durationSamples: null },
      { type: 'recording', recording: true },
    );
    expect(phases(queue)).toEqual({ a: 'waiting-for-recording', b: 'queued' });
    expect(nextJob(queue)).toBeNull();
    queue = after(queue, { type: 'recording', recording: false });
    expect(nextJob(queue)?.id).toBe('a');
  });

  it('lets a file that was paused while recording stay paused', () => {
    const queue = after(
      queueOf(job('a')),
      { type: 'began', id: 'a' },
      { type: 'recording', recording: true },
      { type: 'paused', id: 'a' },
      { type: 'recording', recording: false },
    );
    expect(phases(queue)).toEqual({ a: 'paused' });
  });

  it('keeps what is over over, whatever comes late', () => {
    const done = after(queueOf(job('a')), { type: 'finished', id: 'a', endSample: 9, damaged: true });
    expect(
      phases(after(done, { type: 'paused', id: 'a' }, { type: 'cancelled', id: 'a' }, { type: 'resumed', id: 'a' })),
    ).toEqual({ a: 'done' });
    const cancelled = after(queueOf(job('a')), { type: 'cancelled', id: 'a' });
    expect(
      phases(after(cancelled, { type: 'opened', id: 'a', durationSamples: 1 }, { type: 'resumed', id: 'a' })),
    ).toEqual({ a: 'cancelled' });
  });

  it('tries a file that failed again, from what was written', () => {
    const failed = after(queueOf(job('a', { resumeSample: 7 })), {
      type: 'failed',
      id: 'a',
      failure: { name: 'file-missing' },
    });
    expect(failed.jobs[0]).toMatchObject({ phase: 'failed', failure: { name: 'file-missing' }, resumeSample: 7 });
    expect(after(failed, { type: 'resumed', id: 'a' }).jobs[0]).toMatchObject({ phase: 'queued', failure: null });
  });

  it('moves files within the list, and no further', () => {
    const order = (queue: Queue) => queue.jobs.map(({ id }) => id).join('');
    const queue = queueOf(job('a'), job('b'), job('c'));
    expect(order(after(queue, { type: 'moved', id: 'c', by: -1 }))).toBe('acb');
    expect(order(after(queue, { type: 'moved', id: 'a', by: 9 }))).toBe('bca');
    expect(order(after(queue, { type: 'moved', id: 'a', by: -1 }))).toBe('abc');
    expect(order(after(queue, { type: 'removed', id: 'b' }))).toBe('ac');
  });
});
