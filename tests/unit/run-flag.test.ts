import { describe, expect, it } from 'vitest';
import { RunFlag } from '../../src/recognizer/run-flag.ts';

describe('RunFlag', () => {
  it('is one word for all who hold its buffer', () => {
    const page = new RunFlag();
    const worker = new RunFlag(page.buffer);
    page.set();
    expect(worker.isSet()).toBe(true);
    page.clear();
    expect(worker.isSet()).toBe(false);
  });

  it('opens a session with a new epoch, counters at zero, still cleared', () => {
    const flag = new RunFlag();
    flag.count('framesCaptured', 3);
    expect(flag.begin()).toBe(1);
    expect(flag.epoch).toBe(1);
    expect(flag.read('framesCaptured')).toBe(0);
    expect(flag.isSet()).toBe(false);
  });

  it('tells a session that has not begun from one that has ended: a cleared flag is both', () => {
    const flag = new RunFlag();
    const epoch = flag.begin();
    expect([flag.isRunning(epoch), flag.hasEnded(epoch)]).toEqual([false, false]);
    flag.set();
    expect([flag.isRunning(epoch), flag.hasEnded(epoch)]).toEqual([true, false]);
    flag.clear();
    expect([flag.isRunning(epoch), flag.hasEnded(epoch)]).toEqual([false, true]);
  });

  it('ends a session when the next one begins, even if nobody cleared it', () => {
    const flag = new RunFlag();
    const first = flag.begin();
    flag.set();
    const second = flag.begin();
    expect([flag.isRunning(first), flag.hasEnded(first)]).toEqual([false, true]);
    expect(flag.hasEnded(second)).toBe(false);
  });

  it('waits no longer than it is told', async () => {
    const flag = new RunFlag();
    expect(flag.wait(5)).toBe(false);
    expect(await flag.waitAsync(5)).toBe(false);
  });

  it('wakes whoever waits when it is set', async () => {
    const flag = new RunFlag();
    const waiting = flag.waitAsync();
    flag.set();
    expect(await waiting).toBe(true);
  });

  it('refuses a buffer that is no run flag', () => {
    expect(() => new RunFlag(new SharedArrayBuffer(4))).toThrow(/buffer/);
  });
});
