import { describe, expect, it } from 'vitest';
import { apply, EMPTY_TRANSCRIPT, merge, type TranscriptEvent } from '../../../src/transcript/transcript.ts';
import type { Word } from '../../../src/transcript/word.ts';

const word = (text: string, at: number): Word => ({
  text,
  startSample: at,
  endSample: at + 10,
  probability: 0.9,
});

const words = (
  segment: string,
  wishes: Partial<Extract<TranscriptEvent, { type: 'words' }>> = {},
): Extract<TranscriptEvent, { type: 'words' }> => ({
  type: 'words',
  segment,
  startSample: 0,
  restatedFrom: null,
  committed: [],
  tentative: [],
  language: 'en',
  final: false,
  ...wishes,
});

const play = (...events: TranscriptEvent[]) => events.reduce(apply, EMPTY_TRANSCRIPT);
const said = ({ committed }: { committed: readonly Word[] }) => committed.map(({ text }) => text).join('');

describe('a transcript', () => {
  it('adds what is committed, replaces what is tentative, and changes nothing in place', () => {
    const first = play(words('1.1', { committed: [word(' a', 0)], tentative: [word(' x', 10)] }));
    const frozen = structuredClone(first);
    const second = apply(first, words('1.1', { committed: [word(' b', 10)], tentative: [word(' y', 20)] }));
    expect(first).toEqual(frozen);
    expect(second.segments).toHaveLength(1);
    expect(said(second.segments[0]!)).toBe(' a b');
    expect(second.segments[0]!.tentative).toEqual([word(' y', 20)]);
  });

  it('shares what an event does not touch', () => {
    const first = play(words('1.1', { committed: [word(' a', 0)], final: true }));
    const second = apply(first, words('1.2', { committed: [word(' b', 50)], startSample: 50 }));
    expect(second.segments[0]).toBe(first.segments[0]);
  });

  it('hears nothing more of a segment that is final', () => {
    const done = play(words('1.1', { committed: [word(' a', 0)], tentative: [word(' x', 10)], final: true }));
    expect(done.segments[0]!.tentative).toEqual([]);
    expect(apply(done, words('1.1', { committed: [word(' a', 0)] }))).toBe(done);
  });

  it('stands in the order of the audio, whichever came first', () => {
    const { segments } = play(
      words('1.2', { committed: [word(' b', 50)], startSample: 50 }),
      words('1.1', { committed: [word(' a', 5)], startSample: 5 }),
      words('1.3', { committed: [word(' c', 90)], startSample: 90 }),
    );
    expect(segments.map(({ id }) => id)).toEqual(['1.1', '1.2', '1.3']);
  });

  it('leaves out what has no words, also when it had some', () => {
    expect(play(words('1.1', { final: true }))).toBe(EMPTY_TRANSCRIPT);
    const { segments } = play(
      words('1.1', { committed: [word(' a', 0)] }),
      words('1.2', { tentative: [word(' x', 50)], startSample: 50 }),
      words('1.2', { final: true }),
    );
    expect(segments.map(({ id }) => id)).toEqual(['1.1']);
  });

  it('writes no word twice when a new worker says part of a segment anew', () => {
    const { segments } = play(
      words('1.1', { committed: [word(' a', 0), word(' b', 10), word(' c', 20)], restatedFrom: 0 }),
      words('1.1', { committed: [word(' B', 10), word(' C', 20), word(' d', 30)], restatedFrom: 10, final: true }),
    );
    expect(said(segments[0]!)).toBe(' a B C d');
  });

  it('gives up tentative words when it settles, and is itself when there are none', () => {
    const settled = play(
      words('1.1', { committed: [word(' a', 0)], tentative: [word(' x', 10)] }),
      words('1.2', { tentative: [word(' y', 50)], startSample: 50 }),
      { type: 'settled' },
    );
    expect(settled.segments).toMatchObject([{ id: '1.1', tentative: [], final: true }]);
    expect(apply(settled, { type: 'settled' })).toBe(settled);
  });

  it('is whole again when a Clear in mid-segment is taken back', () => {
    const before = play(
      words('1.1', { committed: [word(' a', 0)], final: true }),
      words('1.2', { committed: [word(' b', 50)], tentative: [word(' x', 60)], startSample: 50 }),
    );
    const after = play(
      words('1.2', { committed: [word(' c', 60)], startSample: 60, final: true }),
      words('1.3', { committed: [word(' d', 90)], startSample: 90 }),
    );
    const { segments } = merge(before, after);
    expect(segments.map(said)).toEqual([' a', ' b c', ' d']);
    expect(segments[1]).toMatchObject({ startSample: 50, final: true, tentative: [] });
    expect(merge(before, EMPTY_TRANSCRIPT).segments[1]!.tentative).toEqual([]);
  });
});
