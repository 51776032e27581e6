import { describe, expect, it } from 'vitest';
import { mergeParagraph, replaceText, splitParagraph } from '../../../src/transcript/edit.ts';
import { flowOf } from '../../../src/transcript/editing/flow.ts';
import { paragraphsOf } from '../../../src/transcript/paragraphs.ts';
import type { Transcript } from '../../../src/transcript/transcript.ts';
import type { Word } from '../../../src/transcript/word.ts';
import { seeded } from '../../support/seeded.ts';
import { transcriptOf } from '../formats/spoken.ts';

const SECOND = 16_000;
const textsOf = (transcript: Transcript) => paragraphsOf(transcript).map(({ segments }) => flowOf(segments).text);
const wordsOf = (transcript: Transcript): Word[] => transcript.segments.flatMap(({ committed }) => committed);
const idOf = (transcript: Transcript, index = 0) => paragraphsOf(transcript)[index]!.id;

/** Replaces what is found in the first paragraph that holds it. */
function correct(transcript: Transcript, wrong: string, right: string): Transcript {
  const index = textsOf(transcript).findIndex((text) => text.includes(wrong));
  const offset = textsOf(transcript)[index]!.indexOf(wrong);
  return replaceText(transcript, { paragraph: idOf(transcript, index), offset }, offset + wrong.length, right)
    .transcript;
}

const times = (transcript: Transcript) =>
  wordsOf(transcript).map(({ text, startSample, endSample }) => [text, startSample / SECOND, endSample / SECOND]);

/** What is wrong with a transcript: times that run backwards, ids that are not unique, words without letters. */
function flaws(transcript: Transcript): string[] {
  const found: string[] = [];
  let reached = 0;
  for (const { text, startSample, endSample } of wordsOf(transcript)) {
    if (text.trim() === '') found.push('a word without letters');
    if (!Number.isInteger(startSample) || startSample < reached || endSample < startSample)
      found.push(`“${text}” from ${startSample} to ${endSample} after ${reached}`);
    reached = endSample;
  }
  if (new Set(transcript.segments.map(({ id }) => id)).size < transcript.segments.length) found.push('an id twice');
  for (const [index, { startSample }] of transcript.segments.entries())
    if (startSample < (transcript.segments[index - 1]?.startSample ?? 0)) found.push(`segment ${index} out of order`);
  return found;
}

const expectSound = (transcript: Transcript) => expect(flaws(transcript)).toEqual([]);

const ENGLISH = transcriptOf({ text: 'The cat sat on the mat.', at: 1 }, { text: 'It was warm.', at: 3.5 });
const JAPANESE = transcriptOf({ text: '今日は天気がいいです。', at: 1, language: 'ja' });

describe('correcting words', () => {
  it('gives a word the time of the one it replaces, and leaves all others as they are', () => {
    const edited = correct(ENGLISH, 'cat', 'bat');
    expect(textsOf(edited)).toEqual(['The bat sat on the mat. It was warm.']);
    expect(wordsOf(edited)[1]).toEqual({ text: ' bat', startSample: 20_800, endSample: 25_600, probability: 1 });
    const others = (transcript: Transcript) => wordsOf(transcript).toSpliced(1, 1);
    others(edited).forEach((word, index) => expect(word).toBe(others(ENGLISH)[index]));
  });

  it('shares the time of one word between those that come in its place', () => {
    const edited = correct(ENGLISH, 'cat', 'big cat');
    expect(times(edited).slice(0, 4)).toEqual([
      [' The', 1, 1.3],
      [' big', 1.3, 1.3],
      [' cat', 1.3, 1.6],
      [' sat', 1.6, 1.9],
    ]);
    const two = correct(ENGLISH, 'sat', 'did sleep');
    const [did, sleep] = wordsOf(two).slice(2, 4);
    expect([did!.startSample, sleep!.endSample]).toEqual([1.6 * SECOND, 1.9 * SECOND]);
    expect(did!.endSample).toBe(sleep!.startSample);
  });

  it('puts new words into the silence, and no further than they take to say', () => {
    const edited = correct(ENGLISH, 'mat.', 'mat. Yes.');
    const yes = wordsOf(edited).find(({ text }) => text === ' Yes.')!;
    expect(yes.startSample).toBe(2.8 * SECOND);
    expect(yes.endSample).toBeGreaterThan(2.9 * SECOND);
    expect(yes.endSample).toBeLessThanOrEqual(3.5 * SECOND);
  });

  it('keeps what is the same in a passage that is pasted anew', () => {
    const edited = correct(
      ENGLISH,
      'The cat sat on the mat. It was warm.',
      'The old cat sat on a mat. It was quite warm!',
    );
    const kept = times(ENGLISH).filter(([text]) => ![' the', ' warm.'].includes(String(text)));
    expect(times(edited)).toEqual(expect.arrayContaining(kept));
    expectSound(edited);
  });

  it('keeps the segments: pauses stay known to subtitles', () => {
    expect(correct(ENGLISH, 'mat. It', 'rug. This').segments.map(({ committed }) => committed.length)).toEqual([6, 3]);
  });

  it('deletes words, and whole segments', () => {
    expect(textsOf(correct(ENGLISH, ' on the mat', ''))).toEqual(['The cat sat. It was warm.']);
    const one = correct(ENGLISH, 'The cat sat on the mat. ', '');
    expect(textsOf(one)).toEqual(['It was warm.']);
    expect(idOf(one)).toBe(idOf(ENGLISH));
  });

  it('an emptied paragraph can be written anew where it was', () => {
    const two = transcriptOf({ text: 'One.', at: 1 }, { text: 'Two.', at: 10 });
    const empty = correct(two, 'Two.', '');
    expect(textsOf(empty)).toEqual(['One.', '']);
    const anew = replaceText(empty, { paragraph: idOf(empty, 1), offset: 0 }, 0, 'Three.').transcript;
    expect(textsOf(anew)).toEqual(['One.', 'Three.']);
    expect(wordsOf(anew)[1]!.startSample).toBe(10 * SECOND);
  });

  it('a full stop more or less moves no paragraph', () => {
    const long = transcriptOf(
      { text: 'word '.repeat(160), at: 0 },
      { text: 'and so on', at: 48.5 },
      { text: 'Then.', at: 50 },
    );
    expect(textsOf(long)).toHaveLength(1);
    const stopped = correct(long, 'word and', 'word. and');
    expect(textsOf(stopped)).toHaveLength(1);
    expect(textsOf(correct(stopped, 'so on', 'so on.'))).toHaveLength(1);
  });
});

describe('scripts without spaces', () => {
  it('correct by the character: what is the same keeps its time', () => {
    const edited = correct(JAPANESE, '天気', '元気');
    expect(textsOf(edited)).toEqual(['今日は元気がいいです。']);
    expect(times(edited)).toEqual(times(JAPANESE).with(3, ['元', 1.9, 2.2]));
  });

  it('new text comes in words', () => {
    const edited = correct(JAPANESE, '天気がいい', 'とても暖かかった');
    expect(textsOf(edited)).toEqual(['今日はとても暖かかったです。']);
    const added = wordsOf(edited).slice(3, -3);
    expect(added.length).toBeGreaterThan(1);
    expect(added.length).toBeLessThan(8);
    expectSound(edited);
  });

  it('Thai: a space that is taken out at a seam stays out', () => {
    const thai: Transcript = {
      segments: transcriptOf(
        { text: 'สวัสดี', at: 1, language: 'th' },
        { text: 'ครับ', at: 2, language: 'th' },
      ).segments.map((segment) => ({
        ...segment,
        committed: segment.committed.map((word) => ({ ...word, text: word.text.trim() })),
      })),
    };
    expect(textsOf(thai)).toEqual(['สวัสดี ครับ']);
    expect(textsOf(correct(thai, ' ', ''))).toEqual(['สวัสดีครับ']);
  });
});

describe('paragraphs', () => {
  it('are split and joined again without a trace in the text', () => {
    const split = splitParagraph(ENGLISH, { paragraph: idOf(ENGLISH), offset: 12 });
    expect(textsOf(split.transcript)).toEqual(['The cat sat', 'on the mat. It was warm.']);
    expect(split.caret).toEqual({ paragraph: idOf(split.transcript, 1), offset: 0 });
    const joined = mergeParagraph(split.transcript, split.caret.paragraph);
    expect(textsOf(joined.transcript)).toEqual(textsOf(ENGLISH));
    expect(joined.caret).toEqual({ paragraph: idOf(ENGLISH), offset: 12 });
    expect(times(joined.transcript)).toEqual(times(ENGLISH));
  });

  it('split within a word shares its time out', () => {
    const { transcript } = splitParagraph(ENGLISH, { paragraph: idOf(ENGLISH), offset: 5 });
    expect(textsOf(transcript)).toEqual(['The c', 'at sat on the mat. It was warm.']);
    expect(times(transcript).slice(1, 3)).toEqual([
      [' c', 1.3, 1.4],
      ['at', 1.4, 1.6],
    ]);
  });

  it('at their end begin an empty one, at their beginning nothing', () => {
    expect(textsOf(splitParagraph(ENGLISH, { paragraph: idOf(ENGLISH), offset: 36 }).transcript)).toEqual([
      'The cat sat on the mat. It was warm.',
      '',
    ]);
    expect(splitParagraph(ENGLISH, { paragraph: idOf(ENGLISH), offset: 0 }).transcript).toBe(ENGLISH);
    expect(mergeParagraph(ENGLISH, idOf(ENGLISH)).transcript).toBe(ENGLISH);
  });

  it('line breaks that are pasted begin paragraphs', () => {
    const { transcript, caret } = replaceText(
      ENGLISH,
      { paragraph: idOf(ENGLISH), offset: 8 },
      11,
      'slept.\r\n\r\nIt lay\nlong',
    );
    expect(textsOf(transcript)).toEqual(['The cat slept.', 'It lay', 'long on the mat. It was warm.']);
    expect(caret).toEqual({ paragraph: idOf(transcript, 2), offset: 4 });
    expectSound(transcript);
  });
});

describe('whatever is typed', () => {
  const SNIPPETS = [
    '',
    ' ',
    'a',
    ' and',
    'New words here',
    '。',
    '新しい',
    ' “q” ',
    '😀',
    'ครับ',
    '-',
    '  ',
    'é',
    '<b>',
    '\u202e',
  ];

  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])(
    'the text is exactly that, and times never run backwards (seed %i)',
    (seed) => {
      const random = seeded(seed);
      const below = (count: number) => Math.floor(random() * count);
      let transcript = transcriptOf(
        { text: 'Good morning to all of you.', at: 1 },
        { text: 'Let us begin.', at: 4 },
        { text: '今日は晴れです。', at: 12, language: 'ja' },
        { text: '明日も晴れ。', at: 16, language: 'ja' },
        { text: 'Back to English, right?', at: 30 },
      );
      const expected = textsOf(transcript);
      for (let step = 0; step < 60; step++) {
        const index = below(expected.length);
        const text = expected[index]!;
        const paragraph = idOf(transcript, index);
        const dice = random();
        if (dice < 0.1 && index > 0) {
          const before = wordsOf(transcript);
          transcript = mergeParagraph(transcript, paragraph).transcript;
          const merged = textsOf(transcript)[index - 1]!;
          expect(merged.startsWith(expected[index - 1]!) && merged.endsWith(text)).toBe(true);
          expect(merged.slice(expected[index - 1]!.length, merged.length - text.length).trim()).toBe('');
          expected.splice(index - 1, 2, merged);
          expect(wordsOf(transcript).map(({ startSample }) => startSample)).toEqual(
            before.map(({ startSample }) => startSample),
          );
        } else if (dice < 0.2 && text.trim() !== '') {
          const offset = below(text.length + 1);
          const split = splitParagraph(transcript, { paragraph, offset }).transcript;
          if (split !== transcript) {
            const halves = textsOf(split).slice(index, index + 2);
            expect(halves.map((half) => half.trim())).toEqual([
              text.slice(0, offset).trim(),
              text.slice(offset).trim(),
            ]);
            expected.splice(index, 1, ...halves);
          }
          transcript = split;
        } else {
          const offset = below(text.length + 1);
          const to = Math.min(text.length, offset + below(8));
          const inserted = SNIPPETS[below(SNIPPETS.length)]!;
          const edited = replaceText(transcript, { paragraph, offset }, to, inserted);
          transcript = edited.transcript;
          const written = text.slice(0, offset) + inserted + text.slice(to);
          expected[index] = written.trimStart();
          expect(edited.caret).toEqual({
            paragraph,
            offset: Math.max(0, offset + inserted.length - (written.length - expected[index].length)),
          });
        }
        expect(textsOf(transcript)).toEqual(expected);
        expectSound(transcript);
      }
    },
  );
});
