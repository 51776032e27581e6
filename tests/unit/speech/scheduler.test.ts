import { describe, expect, it } from 'vitest';
import { secondsToSamples as s } from '../../../src/audio/units.ts';
import { FINAL_ONLY, LIVE_SCHEDULE, Scheduler, type Speaking } from '../../../workers/speech/scheduler.ts';

const speaking = (endSeconds: number, confirmed = true): Speaking => ({
  endSample: s(endSeconds),
  speechEndSample: s(endSeconds),
  confirmed,
});

const end = (endSeconds: number) => ({ endSample: s(endSeconds), speechEndSample: s(endSeconds), continuesFrom: null });

const done = (utterance: number, pass: 'tentative' | 'final', keepFromSeconds = 0) => ({
  epoch: 1,
  utterance,
  pass,
  keepFromSample: s(keepFromSeconds),
});

describe('Scheduler', () => {
  it('makes final passes first, and in order', () => {
    const scheduler = new Scheduler(LIVE_SCHEDULE);
    scheduler.started(1, 0);
    scheduler.ended(1, end(2));
    scheduler.started(2, s(3));
    scheduler.ended(2, end(5));
    scheduler.started(3, s(6));
    expect(scheduler.next(speaking(8), s(8))).toMatchObject({ utterance: 1, pass: 'final', endSample: s(2) });
    scheduler.done(done(1, 'final'), s(8));
    expect(scheduler.next(speaking(8), s(8))).toMatchObject({ utterance: 2, pass: 'final' });
    scheduler.done(done(2, 'final'), s(8));
    expect(scheduler.next(speaking(8), s(8))).toMatchObject({ utterance: 3, pass: 'tentative', startSample: s(6) });
  });

  it('waits for enough new audio between tentative passes, and for speech', () => {
    const scheduler = new Scheduler(LIVE_SCHEDULE);
    scheduler.started(1, 0);
    expect(scheduler.next(speaking(0.4), s(0.4))).toBe(null);
    expect(scheduler.next(speaking(1, false), s(1))).toBe(null);
    expect(scheduler.next(speaking(1), s(1))).toMatchObject({ pass: 'tentative', endSample: s(1) });
    scheduler.done(done(1, 'tentative'), s(1.1));
    expect(scheduler.next(speaking(1.4), s(1.4))).toBe(null);
    expect(scheduler.next(speaking(1.7), s(1.7))).toMatchObject({ pass: 'tentative' });
    // Nothing but a pause since then.
    expect(scheduler.next({ ...speaking(3), speechEndSample: s(1.7) }, s(3))).toBe(null);
  });

  it('F30 makes fewer tentative passes as Whisper gets slower, and goes on making some', () => {
    const passesIn60Seconds = (passSeconds: number): number => {
      const scheduler = new Scheduler(LIVE_SCHEDULE);
      scheduler.started(1, 0);
      let count = 0;
      for (let now = 0; now < 60; now += 0.1) {
        if (scheduler.next(speaking(now), s(now)) === null) continue;
        count++;
        now += passSeconds;
        scheduler.done(done(1, 'tentative'), s(now));
      }
      return count;
    };
    const counts = [0.1, 0.5, 1, 2, 4, 10].map(passesIn60Seconds);
    expect(counts).toEqual(counts.toSorted((a, b) => b - a));
    expect(counts[0]).toBeGreaterThan(60);
    expect(counts[3]).toBeLessThan(25);
    expect(counts[5]).toBeGreaterThan(3);
  });

  it('gives the same final pass again until it is done: a worker that crashed takes nothing with it', () => {
    const scheduler = new Scheduler(LIVE_SCHEDULE);
    scheduler.started(1, 0);
    scheduler.ended(1, end(2));
    const job = scheduler.next(null, s(2));
    scheduler.restart();
    expect(scheduler.next(null, s(9))).toEqual(job);
    expect(scheduler.neededFromSample).toBe(0);
    scheduler.done(done(1, 'final'), s(9));
    expect(scheduler.idle).toBe(true);
    expect(scheduler.neededFromSample).toBe(null);
  });

  it('begins the next pass where the last one said, never earlier and never past the end', () => {
    const scheduler = new Scheduler(LIVE_SCHEDULE);
    scheduler.started(1, s(1));
    scheduler.next(speaking(3), s(3));
    scheduler.done(done(1, 'tentative', 2), s(3));
    scheduler.done(done(1, 'tentative', 0.5), s(3));
    expect(scheduler.neededFromSample).toBe(s(2));
    scheduler.ended(1, end(4));
    expect(scheduler.pendingSamples(s(4))).toBe(s(2));
    scheduler.done(done(1, 'tentative', 9), s(4));
    expect(scheduler.next(null, s(4))).toMatchObject({ startSample: s(4), endSample: s(4) });
  });

  it('has nothing left for the final pass of an utterance that ends before what is committed of it', () => {
    const scheduler = new Scheduler(LIVE_SCHEDULE);
    scheduler.started(1, 0);
    scheduler.next(speaking(8), s(8));
    scheduler.done(done(1, 'tentative', 7.9), s(8.5));
    scheduler.ended(1, end(7.5));
    expect(scheduler.next(null, s(9))).toMatchObject({ pass: 'final', startSample: s(7.5), endSample: s(7.5) });
  });

  it('makes final passes only, of files', () => {
    const scheduler = new Scheduler(FINAL_ONLY);
    scheduler.started(1, 0);
    expect(scheduler.next(speaking(25), s(25))).toBe(null);
    scheduler.ended(1, end(26));
    expect(scheduler.next(null, s(26))).toMatchObject({ pass: 'final' });
  });

  it('forgets what is discarded and what is given up', () => {
    const scheduler = new Scheduler(LIVE_SCHEDULE);
    scheduler.started(1, 0);
    scheduler.discarded(1);
    expect(scheduler.next(null, s(2))).toBe(null);
    scheduler.started(2, s(2));
    scheduler.clear();
    expect(scheduler.idle).toBe(true);
    scheduler.done(done(2, 'final'), s(3));
    expect(scheduler.idle).toBe(true);
  });

  it('names the option that is out of range', () => {
    expect(() => new Scheduler({ ...LIVE_SCHEDULE, restFactor: 0 })).toThrow(/restFactor/);
  });
});
