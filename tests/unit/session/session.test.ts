import { describe, expect, it } from 'vitest';
import type { PassTiming, WhisperEvent } from '../../../src/recognizer/protocol.ts';
import { Drain } from '../../../src/session/drain.ts';
import type { SessionKeeper } from '../../../src/session/keeper.ts';
import { Notices } from '../../../src/session/notices.svelte.ts';
import { next, type PhaseEvent } from '../../../src/session/phase.ts';
import { SessionRecord } from '../../../src/session/record.svelte.ts';
import { SessionLog } from '../../../src/session/session-log.ts';
import type { Phase } from '../../../src/session/state.ts';
import { Replacements } from '../../../src/transcript/replacements.ts';

const timing = (sampleCount: number, totalMs: number): PassTiming => ({
  sampleCount,
  totalMs,
  melMs: 0,
  encoderMs: 0,
  decoderMs: 0,
  tokenCount: 0,
  fallbacks: 0,
});

describe('the phases', () => {
  const EVENTS: readonly PhaseEvent[] = ['start', 'capturing', 'stop', 'drained', 'fail'];
  const TABLE: Record<Phase, readonly (Phase | null)[]> = {
    idle: ['starting', null, null, null, null],
    starting: [null, 'listening', 'draining', null, 'failed'],
    listening: [null, null, 'draining', null, 'failed'],
    draining: [null, null, null, 'stopped', 'failed'],
    stopped: ['starting', null, null, null, null],
    failed: ['starting', null, null, null, null],
  };

  it.each(Object.keys(TABLE) as Phase[])('from %s go on as every event says', (phase) => {
    expect(EVENTS.map((event) => next(phase, event))).toEqual(TABLE[phase]);
  });
});

describe('Notices', () => {
  it('tell the same thing once, and different failures apart', () => {
    const notices = new Notices();
    notices.add({ type: 'no-signal' });
    notices.add({ type: 'no-signal' });
    notices.add({ type: 'failure', failure: { name: 'microphone-busy' } });
    notices.add({ type: 'failure', failure: { name: 'microphone-denied' } });
    expect(notices.all).toHaveLength(3);
    notices.remove({ type: 'failure', failure: { name: 'microphone-busy' } });
    expect(notices.all).toEqual([{ type: 'no-signal' }, { type: 'failure', failure: { name: 'microphone-denied' } }]);
    notices.removeType('no-signal', 'failure');
    expect(notices.all).toEqual([]);
  });
});

describe('Drain', () => {
  it('knows how far it is, and how long from how fast it was', () => {
    expect(new Drain(0, []).at(0)).toEqual({ fraction: 1, secondsLeft: null });
    const drain = new Drain(10_000, [timing(16_000, 500)]);
    expect(drain.at(10_000)).toEqual({ fraction: 0, secondsLeft: 5 });
    drain.observe(timing(16_000, 1_500));
    expect(drain.at(2_500)).toEqual({ fraction: 0.75, secondsLeft: 2.5 });
    expect(drain.at(20_000).fraction).toBe(0);
  });
});

describe('SessionLog', () => {
  it('keeps lines in order, lets the oldest go, and begins anew', () => {
    const log = new SessionLog();
    for (let line = 0; line <= 20_000; line++) log.add(String(line));
    expect(log.entries).toHaveLength(18_001);
    expect(log.entries[0]!.text).toBe('2000');
    expect(log.entries.at(-1)!.text).toBe('20000');
    log.restart();
    expect(log.entries).toEqual([]);
  });
});

describe('SessionRecord', () => {
  const words = (epoch: number, text: string, at: number): Extract<WhisperEvent, { type: 'words' }> => ({
    type: 'words',
    epoch,
    utterance: 1,
    restatedFrom: at,
    committed: [{ text, startSample: at, endSample: at + 100, probability: 1 }],
    tentative: [],
    language: 'en',
    final: true,
  });

  /** Where everything goes that is to be kept. */
  const keeper = () => {
    const told: string[] = [];
    const kept: SessionKeeper = {
      begin(continued) {
        told.push(continued ? 'goes on' : 'begins');
        return { id: 'one', startSample: 0 };
      },
      write: (event) => void told.push(event.committed.map(({ text }) => text).join('')),
      end: ({ sampleCount, complete, failed }) => void told.push(`ends ${sampleCount} ${complete} ${failed}`),
    };
    return { told, record: new SessionRecord(kept, () => new Replacements([])) };
  };

  it('tells what is to be kept, and that text behind the one on the page is of one session with it', () => {
    const { told, record } = keeper();
    record.begin();
    expect(record.place).toEqual({ id: 'one', startSample: 0 });
    record.write(words(1, ' a', 500));
    record.measure({ type: 'captured', epoch: 1, sampleCount: 16_000 }, false);
    record.settle(false);
    record.begin();
    record.clear();
    record.write(words(2, ' b', 500));
    record.settle(true);
    record.clear();
    record.begin();
    expect(told).toEqual(['begins', ' a', 'ends 16000 true false', 'goes on', ' b', 'ends 0 false true', 'begins']);
  });

  it('puts one session behind the other, also over a Clear that is taken back', () => {
    const record = keeper().record;
    record.begin();
    record.write(words(1, ' a', 500));
    record.measure({ type: 'captured', epoch: 1, sampleCount: 16_000 }, false);
    record.settle(false);
    record.begin();
    expect(record.elapsedMs).toBe(0);
    record.clear();
    expect(record.transcript.segments).toEqual([]);
    record.write(words(2, ' b', 500));
    record.undoClear(false);
    expect(record.transcript.segments.map(({ id, startSample }) => [id, startSample])).toEqual([
      ['1.1', 500],
      ['2.1', 16_500],
    ]);
    expect(record.canUndoClear).toBe(false);
  });

  it('is complete when all that was captured has been written, and not before it was captured', () => {
    const record = keeper().record;
    record.begin();
    expect(record.complete).toBe(false);
    record.measure({ type: 'backlog', epoch: 1, pendingSamples: 8000 }, false);
    record.measure({ type: 'captured', epoch: 1, sampleCount: 16_000 }, false);
    expect(record).toMatchObject({ complete: false, pendingMs: 500, elapsedMs: 1000 });
    record.followDrain();
    record.measure({ type: 'backlog', epoch: 1, pendingSamples: 2000 }, false);
    record.followDrain();
    expect(record.drain).toEqual({ fraction: 0.75, secondsLeft: null });
    record.measure({ type: 'backlog', epoch: 1, pendingSamples: 0 }, false);
    expect(record.complete).toBe(true);
  });

  it('lags by what no pass has read, not by what is not final yet', () => {
    const record = keeper().record;
    record.begin();
    record.measure({ type: 'level', epoch: 1, peak: 0, rms: 0, speaking: true, sampleIndex: 96_000 }, true);
    record.measure({ type: 'backlog', epoch: 1, pendingSamples: 80_000 }, true);
    expect(record.lagMs).toBe(5000);
    record.time({
      type: 'pass-finished',
      epoch: 1,
      utterance: 1,
      pass: 'tentative',
      abandoned: false,
      endSample: 80_000,
      timing: { sampleCount: 64_000, melMs: 1, encoderMs: 1, decoderMs: 1, totalMs: 3, tokenCount: 1, fallbacks: 0 },
    });
    expect(record.lagMs).toBe(1000);
    record.measure({ type: 'backlog', epoch: 1, pendingSamples: 0 }, true);
    expect(record.lagMs).toBe(0);
  });
});
