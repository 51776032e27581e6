import { describe, expect, it } from 'vitest';
import { SAMPLE_RATE } from '../../../src/audio/units.ts';
import { columns } from '../../../src/transcript/formats/columns.ts';
import { cuesOf as shaped } from '../../../src/transcript/formats/cues.ts';
import { wrap as wrapAs } from '../../../src/transcript/formats/lines.ts';
import { BROADCAST, shapeFrom } from '../../../src/transcript/formats/shape.ts';
import type { Transcript } from '../../../src/transcript/transcript.ts';
import { seeded } from '../../support/seeded.ts';
import { transcriptOf } from './spoken.ts';

const cuesOf = (transcript: Transcript, shape = BROADCAST) => shaped(transcript, shape);
const wrap = (text: string) => wrapAs(text, BROADCAST);

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
    for (let length = 17; length <= JAPANESE.length; length++) {
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
    ['Japanese', JAPANESE, 'ja', 32, 0.13],
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
    expect(cue).toEqual({ startSample: 24_000, endSample: 37_328, lines: ['Good morning.'] });
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
      if (index > 0) expect(cue.startSample).toBeGreaterThanOrEqual(cues[index - 1]!.endSample + 0.083 * SAMPLE_RATE);
    }
  });

  it('stays on the screen for as long as it takes to read, where the speech leaves time for it', () => {
    const [slow] = cuesOf(transcriptOf({ text: 'Incomprehensibilities notwithstanding.', at: 0, secondsPerWord: 0.2 }));
    expect(slow!.endSample / SAMPLE_RATE).toBeCloseTo(0.4 + 1.5, 2);
    const [read] = cuesOf(transcriptOf({ text: 'Seventeen letters', at: 0, secondsPerWord: 0.2 }));
    expect(read!.endSample / SAMPLE_RATE).toBeCloseTo(1, 2);
  });

  it('leaves a gap before the next one and closes one that would flicker', () => {
    const [first, second] = cuesOf(
      transcriptOf({ text: ENGLISH.slice(0, 70), at: 0 }, { text: ENGLISH.slice(70, 130), at: 4.7 }),
    );
    expect(second!.startSample - first!.endSample).toBe(0.083 * SAMPLE_RATE);
  });

  it('ends no subtitle with an article or in the middle of a Japanese word', () => {
    for (const { lines } of cuesOf(transcriptOf({ text: ENGLISH.replaceAll(/[.,]/g, ''), at: 0 })))
      expect(lines.at(-1)).not.toMatch(/ (?:the|a|on|at)$/i);
    const japanese = cuesOf(
      transcriptOf({ text: JAPANESE.replaceAll('、', ''), at: 0, language: 'ja', secondsPerWord: 0.1 }),
    );
    expect(japanese.map(({ lines }) => lines.join('')).join('|')).not.toMatch(/喫\|茶|石\|段|挨\|拶/);
  });

  it('takes a shape: one short line, slow readers, no gap', () => {
    const shape = shapeFrom({ lines: 1, lineLength: 20, readingSpeed: 5, gapMs: 0, maxMs: 1e9 });
    expect(shape.maxMs).toBe(BROADCAST.maxMs);
    const cues = cuesOf(transcriptOf({ text: ENGLISH, at: 0 }), shape);
    for (const { lines } of cues) {
      expect(lines).toHaveLength(1);
      expect(columns(lines[0]!)).toBeLessThanOrEqual(20);
    }
    expect(cues[1]!.startSample).toBe(cues[0]!.endSample);
  });

  it('cuts a word that no subtitle could hold', () => {
    const cues = cuesOf(transcriptOf({ text: `so ${'a'.repeat(300)} far`, at: 0, secondsPerWord: 4 }));
    expect(
      cues
        .flatMap(({ lines }) => lines)
        .join('')
        .replaceAll(' ', ''),
    ).toBe(`so${'a'.repeat(300)}far`);
    for (const { lines } of cues) {
      expect(lines.length).toBeLessThanOrEqual(2);
      for (const line of lines) expect(columns(line)).toBeLessThanOrEqual(42);
    }
  });

  it('leaves tentative words out', () => {
    const cues = cuesOf(transcriptOf({ text: 'kept', at: 0, tentative: 'perhaps' }));
    expect(cues.flatMap(({ lines }) => lines)).toEqual(['kept']);
  });
});
