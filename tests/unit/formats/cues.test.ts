import { describe, expect, it } from 'vitest';
import { SAMPLE_RATE } from '../../../src/audio/units.ts';
import { columns } from '../../../src/transcript/formats/columns.ts';
import { cuesOf } from '../../../src/transcript/formats/cues.ts';
import { wrap } from '../../../src/transcript/formats/lines.ts';
import { seeded } from '../../support/seeded.ts';
import { transcriptOf } from './spoken.ts';

const ENGLISH =
  'I came down to the harbour before it was light, when the boats were still tied up and nobody had opened the café. There was a man mending a net on the steps, and he did not look up when I said good morning.';
const JAPANESE =
  '夜が明ける前に港へ下りていきました。舟はまだつながれたままで、喫茶店も開いていませんでした。石段に座って網を繕っている人がいましたが、顔を上げませんでした。';

describe('columns', () => {
  it('counts East Asian characters twice and combining marks not at all', () => {
    expect(columns('abc')).toBe(3);
    expect(columns('港へ、')).toBe(6);
    expect(columns('e\u0301')).toBe(1);
    expect(columns('ภาษาไทยที่')).toBe(8);
  });
});

describe('wrap', () => {
  it('leaves a short text on one line', () => {
    expect(wrap('Good morning.')).toEqual(['Good morning.']);
  });

  it('breaks into two lines of like length, at a clause where there is one', () => {
    expect(wrap('I came down to the harbour, and nobody had opened the café.')).toEqual([
      'I came down to the harbour,',
      'and nobody had opened the café.',
    ]);
  });

  it('never begins a Japanese line with a closing mark, small kana or a long-vowel mark', () => {
    for (let length = 19; length <= JAPANESE.length; length++) {
      for (const line of wrap(JAPANESE.slice(0, length)).slice(1)) expect(line).not.toMatch(/^[、。」っゃゅょー]/u);
    }
  });

  it('cuts a word that is wider than a line', () => {
    const lines = wrap('x'.repeat(60));
    expect(lines.join('')).toBe('x'.repeat(60));
    expect(Math.max(...lines.map(columns))).toBeLessThanOrEqual(42);
  });
});

describe('cues', () => {
  it.each([
    ['English', ENGLISH, 'en', 42, 0.3],
    ['Japanese', JAPANESE, 'ja', 36, 0.13],
  ] as const)(
    '%s: at most two lines of readable width and seven seconds, every word once',
    (_, text, language, width, pace) => {
      const cues = cuesOf(transcriptOf({ text, at: 2, language, secondsPerWord: pace }));
      expect(cues.length).toBeGreaterThan(1);
      for (const { lines, startSample, endSample } of cues) {
        expect(lines.length).toBeLessThanOrEqual(2);
        for (const line of lines) expect(columns(line)).toBeLessThanOrEqual(width);
        expect(endSample - startSample).toBeLessThanOrEqual(7 * SAMPLE_RATE);
      }
      const separator = language === 'ja' ? '' : ' ';
      expect(cues.map(({ lines }) => lines.join(separator)).join(separator)).toBe(text);
    },
  );

  it('begins each cue where its first word begins and ends it no earlier than its last', () => {
    const [cue] = cuesOf(transcriptOf({ text: 'Good morning.', at: 1.5 }));
    expect(cue).toEqual({ startSample: 24_000, endSample: 43_200, lines: ['Good morning.'] });
  });

  it('cuts at the end of a sentence rather than in the next one', () => {
    const cues = cuesOf(transcriptOf({ text: ENGLISH, at: 0 }));
    const ends = cues.map(({ lines }) => lines.join(' ').at(-1));
    expect(ends).toContain('.');
    expect(cues.some(({ lines }) => lines.join(' ').startsWith('There was a man'))).toBe(true);
  });

  it('never overlaps, whatever the times', () => {
    const random = seeded(7);
    let at = 0;
    const spoken = Array.from({ length: 60 }, () => {
      at += random() * 2;
      return { text: 'word '.repeat(1 + Math.floor(random() * 30)), at, secondsPerWord: 0.05 + random() * 0.4 };
    });
    const cues = cuesOf(transcriptOf(...spoken));
    for (const [index, cue] of cues.entries()) {
      expect(cue.endSample).toBeGreaterThan(cue.startSample);
      if (index > 0) expect(cue.startSample).toBeGreaterThanOrEqual(cues[index - 1]!.endSample);
    }
  });

  it('leaves tentative words out', () => {
    const cues = cuesOf(transcriptOf({ text: 'kept', at: 0, tentative: 'perhaps' }));
    expect(cues.flatMap(({ lines }) => lines)).toEqual(['kept']);
  });
});
