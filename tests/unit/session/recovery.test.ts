import { describe, expect, it } from 'vitest';
import type { Journal } from '../../../src/audio/recording/journal.ts';
import { completed, isWhole, restFrom, withRest } from '../../../src/session/recovery/rest.ts';
import type { Segment, Transcript } from '../../../src/transcript/transcript.ts';

/** A segment of one word a second. */
function segment(id: string, startSecond: number, words: readonly string[], final = true): Segment {
  const committed = words.map((text, i) => {
    const startSample = (startSecond + i) * 16_000;
    return { text: ` ${text}`, startSample, endSample: startSample + 12_000, probability: 0.9 };
  });
  return { id, startSample: startSecond * 16_000, language: 'en', committed, tentative: [], final };
}

/** Utterances that end at these seconds. */
const journal = (...ends: readonly number[]): Journal => ({
  startedAt: 0,
  entries: ends.map((second) => ({ type: 'utterance', sample: second * 16_000, atMs: 0 })),
});

const text = ({ segments }: Transcript): string =>
  segments.map(({ committed }) => committed.map((word) => word.text).join('')).join(' |');

describe('the rest of a recording that broke off', () => {
  const broken: Transcript = {
    segments: [segment('1.1', 0, ['One', 'two']), segment('1.2', 4, ['three', 'fo'], false)],
  };

  it('begins behind the utterance of the last word that is final, not where words had only begun', () => {
    expect(restFrom(broken, journal(2.5, 9))).toBe(2.5 * 16_000);
    expect(restFrom({ segments: [] }, journal(2.5))).toBe(0);
    expect(restFrom({ segments: [segment('1.1', 0, ['Half'], false)] }, journal())).toBe(0);
  });

  it('F31 without a journal begins where the last final word ends', () => {
    expect(restFrom(broken, journal())).toBe(28_000);
  });

  it('takes the place of what had only begun, once its words are there anew', () => {
    const silence = withRest(broken, null, 3 * 16_000);
    expect(text(silence)).toBe(' One two | three fo');
    const next = withRest(silence, segment('40000.1', 4, ['three', 'four', 'five']), 8 * 16_000);
    expect(text(next)).toBe(' One two | three four five');
    expect(text(withRest(next, segment('40000.2', 9, ['six']), 10 * 16_000))).toBe(' One two | three four five | six');
  });

  it('keeps what a person has corrected meanwhile', () => {
    const corrected: Transcript = { segments: [segment('1.1', 0, ['Won', 'too']), broken.segments[1]!] };
    expect(text(withRest(corrected, segment('40000.1', 4, ['three']), 8 * 16_000))).toBe(' Won too | three');
  });

  it('is nothing when all was written down, and only nobody had said so', () => {
    const finished = (...ends: number[]): Journal => ({
      startedAt: 0,
      entries: [...journal(...ends).entries, { type: 'finished', sample: 160_000, atMs: 0 }],
    });
    const whole: Transcript = { segments: [segment('1.1', 0, ['One', 'two']), segment('1.2', 4, ['three'])] };
    expect(isWhole(whole, finished(2.5, 6))).toBe(true);
    expect(isWhole(whole, journal(2.5, 6))).toBe(false);
    // Its last words had been found, and were not on disk yet.
    expect(isWhole({ segments: whole.segments.slice(0, 1) }, finished(2.5, 6))).toBe(false);
    expect(isWhole(broken, finished(2.5, 6))).toBe(false);
    expect(isWhole({ segments: [] }, finished())).toBe(true);
  });

  it('is final as a whole at its end', () => {
    expect(completed(broken).segments.every(({ final }) => final)).toBe(true);
    expect(text(completed(broken))).toBe(text(broken));
  });
});
