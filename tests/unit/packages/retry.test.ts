import { describe, expect, test } from 'vitest';
import { RetryPolicy, retryAfterMs, type Trouble } from '../../../src/recognizer/packages/retry.ts';

/** Delays until the policy gives up, for the same trouble again and again. */
function delays(trouble: Trouble, reached: boolean): number[] {
  const policy = new RetryPolicy();
  const all: number[] = [];
  for (
    let delayMs = policy.delayAfter(trouble, reached);
    delayMs !== null;
    delayMs = policy.delayAfter(trouble, reached)
  ) {
    all.push(delayMs);
  }
  return all;
}

describe('when to try again', () => {
  test('F10 an interrupted download is given about a minute, in longer and longer steps', () => {
    const all = delays({ name: 'interrupted' }, true);
    expect(all).toEqual([500, 1000, 2000, 4000, 8000, 15_000, 15_000, 15_000]);
  });

  test('F21 a server that was never reached is given up within seconds', () => {
    expect(delays({ name: 'interrupted' }, false)).toEqual([500, 1000, 2000]);
  });

  test('F13 a busy server is given the time it asks for', () => {
    expect(new Set(delays({ name: 'busy', status: 503, retryAfterMs: 7000 }, true))).toEqual(new Set([7000]));
    expect(delays({ name: 'busy', status: 429, retryAfterMs: null }, true).slice(0, 3)).toEqual([500, 1000, 2000]);
  });

  test('F14 wrong bytes are fetched once more, at once', () => {
    expect(delays({ name: 'corrupt' }, true)).toEqual([0]);
  });

  test('F13 a refusal is tried three times in all', () => {
    expect(delays({ name: 'refused', status: 403 }, true)).toEqual([500, 1000]);
  });

  test('troubles are counted apart', () => {
    const policy = new RetryPolicy();
    policy.delayAfter({ name: 'corrupt' }, true);
    policy.delayAfter({ name: 'interrupted' }, true);
    expect(policy.delayAfter({ name: 'refused', status: 403 }, true)).toBe(500);
    expect(policy.delayAfter({ name: 'corrupt' }, true)).toBeNull();
  });
});

describe('Retry-After', () => {
  const nowMs = Date.parse('2026-11-22T12:00:00Z');
  const asked = (headers: Record<string, string>) => retryAfterMs(new Headers(headers), nowMs);

  test.each([
    ['seconds', { 'Retry-After': '3' }, 3000],
    ['a date', { 'Retry-After': 'Sun, 22 Nov 2026 12:00:05 GMT' }, 5000],
    ['a date in the past', { 'Retry-After': 'Sun, 22 Nov 2026 11:00:00 GMT' }, 0],
    ['more than two minutes', { 'Retry-After': '86400' }, 120_000],
    ['nonsense', { 'Retry-After': 'soon' }, null],
    ['nothing', {}, null],
  ])('F13 %s', (_name, headers, expected) => expect(asked(headers)).toBe(expected));

  test('F9 a date is measured by the clock of the server, not by ours', () => {
    const headers = { 'Retry-After': 'Tue, 01 Jan 2030 00:00:08 GMT', Date: 'Tue, 01 Jan 2030 00:00:00 GMT' };
    expect(asked(headers)).toBe(8000);
  });
});
