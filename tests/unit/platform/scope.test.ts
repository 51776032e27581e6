import { describe, expect, it, vi } from 'vitest';
import { Scope } from '../../../src/platform/scope.ts';

describe('Scope', () => {
  it('stops what it owns once, last come first', () => {
    const order: string[] = [];
    const scope = new Scope();
    scope.add(() => order.push('first'));
    scope.child().add(() => order.push('child'));
    scope.add(() => order.push('last'));
    scope.dispose();
    scope.dispose();
    expect(order).toEqual(['last', 'child', 'first']);
  });

  it('stops newcomers at once when it has ended', () => {
    const scope = new Scope();
    scope.dispose();
    const stop = vi.fn();
    scope.add(stop);
    expect(stop).toHaveBeenCalledOnce();
    expect(scope.disposed).toBe(true);
  });

  it('stops the others when one throws, and tells', () => {
    const scope = new Scope();
    const stop = vi.fn();
    scope.add(stop);
    scope.add(() => {
      throw new Error('stuck');
    });
    expect(() => scope.dispose()).toThrow(AggregateError);
    expect(stop).toHaveBeenCalledOnce();
  });

  it('ends timers and listeners', () => {
    vi.useFakeTimers();
    const scope = new Scope();
    const run = vi.fn();
    const target = new EventTarget();
    scope.after(10, run);
    scope.every(10, run);
    scope.listen(target, 'ping', run);
    const cancelled = vi.fn();
    scope.after(5, cancelled)();
    vi.advanceTimersByTime(10);
    target.dispatchEvent(new Event('ping'));
    expect(run).toHaveBeenCalledTimes(3);
    scope.dispose();
    vi.advanceTimersByTime(100);
    target.dispatchEvent(new Event('ping'));
    expect(run).toHaveBeenCalledTimes(3);
    expect(cancelled).not.toHaveBeenCalled();
    vi.useRealTimers();
  });
});
