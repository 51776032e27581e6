import { describe, expect, it } from 'vitest';
import { flowOf } from '../../../src/transcript/editing/flow.ts';
import { findAll, replaceMatches, type Wanted } from '../../../src/transcript/find.ts';
import { paragraphsOf } from '../../../src/transcript/paragraphs.ts';
import type { Transcript } from '../../../src/transcript/transcript.ts';
import { transcriptOf } from '../formats/spoken.ts';

const shown = (transcript: Transcript) =>
  paragraphsOf(transcript).map(({ id, segments }) => ({ id, text: flowOf(segments).text }));
const textsOf = (transcript: Transcript) => shown(transcript).map(({ text }) => text);
const found = (transcript: Transcript, text: string, wishes: Partial<Wanted> = {}) =>
  findAll(shown(transcript), { text, matchCase: false, ...wishes });

const SAID = transcriptOf(
  { text: 'The tea is the best.', at: 1 },
  { text: 'The end of it (a*b).', at: 4 },
  { text: '東京は東京です。', at: 20, language: 'ja' },
);

describe('find', () => {
  it('finds every place in order, in capitals or not', () => {
    expect(found(SAID, 'the').map(({ from, to }) => [from, to])).toEqual([
      [0, 3],
      [11, 14],
      [21, 24],
    ]);
    expect(found(SAID, 'The', { matchCase: true })).toHaveLength(2);
    expect(found(SAID, '東京')).toHaveLength(2);
  });

  it('finds across segments, and whatever white space there is', () => {
    expect(found(SAID, ' best.  the end ')).toHaveLength(1);
  });

  it('takes what is written for what it is, not for a pattern', () => {
    expect(found(SAID, '(a*b)')).toHaveLength(1);
    expect(found(SAID, '.')).toHaveLength(2);
    for (const text of ['[', '\\', '^', '$', '|', 'a{2}', '?', '-', '/', '\u202e', '<b>'])
      expect(found(SAID, text)).toEqual([]);
    expect(found(SAID, '  ')).toEqual([]);
  });
});

describe('replace', () => {
  it('all of them, with nothing in the new text taken for a pattern', () => {
    const edited = replaceMatches(SAID, found(SAID, 'the'), '$& the');
    expect(textsOf(edited)[0]).toBe('$& the tea is $& the best. $& the end of it (a*b).');
    expect(textsOf(edited)[1]).toBe('東京は東京です。');
  });

  it('keeps the times of what it does not touch', () => {
    const edited = replaceMatches(SAID, found(SAID, '東京'), '大阪');
    expect(textsOf(edited)[1]).toBe('大阪は大阪です。');
    const words = edited.segments[2]!.committed;
    expect(words.find(({ text }) => text === 'は')).toBe(SAID.segments[2]!.committed[2]);
    expect(words[0]!.startSample).toBe(20 * 16_000);
  });

  it('with nothing takes them out', () => {
    expect(textsOf(replaceMatches(SAID, found(SAID, ' best'), ''))[0]).toBe('The tea is the. The end of it (a*b).');
  });

  it('in ten hours, and moves no paragraph', () => {
    const long = transcriptOf(
      ...Array.from({ length: 6_000 }, (_, index) => ({ text: 'and so the next one said it.', at: index * 6 })),
    );
    const matches = found(long, 'the');
    expect(matches).toHaveLength(6_000);
    const edited = replaceMatches(long, matches, 'that');
    expect(found(edited, 'the')).toHaveLength(0);
    expect(found(edited, 'that')).toHaveLength(6_000);
    expect(shown(edited).map(({ id }) => id)).toEqual(shown(long).map(({ id }) => id));
  });
});
