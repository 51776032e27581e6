import { describe, expect, it } from 'vitest';
import { fold, foldWithOrigins } from '../../../src/library/search/fold.ts';
import { passageOf, type Passage } from '../../../src/library/search/passage.ts';
import { queryOf, search, searchText, within, type Found } from '../../../src/library/search/search.ts';
import type { Segment } from '../../../src/transcript/transcript.ts';
import { seeded } from '../../support/seeded.ts';

const SECOND = 16_000;
/** A segment of these words, one a second. */
const said = (words: readonly string[], from: number): Segment => ({
  id: `1.${from}`,
  startSample: from * SECOND,
  language: null,
  committed: words.map((text, i) => ({
    text,
    startSample: (from + i) * SECOND,
    endSample: (from + i + 1) * SECOND,
    probability: 1,
  })),
  tentative: [],
  final: true,
});
const passages = (...pieces: (readonly Segment[])[]): Passage[] =>
  pieces.map((segments, index) => ({ session: 's', version: '1', index, ...passageOf(segments) }));
const find = (query: string, ...pieces: (readonly Segment[])[]): Found | null =>
  search(searchText(passages(...pieces)), queryOf(query)!, 10);
const seconds = (found: Found | null) => found?.hits.map(({ atSample }) => atSample / SECOND);

describe('folding', () => {
  it.each([
    ['Meeting', 'MEETING'],
    ['ＡＢＣ１２', 'abc12'],
    ['カタカナ', 'かたかな'],
    ['ｶﾞｰﾃﾞﾝ', 'がーでん'],
    ['naïve Übung', 'naive ubung'],
    ['e\u0301cole', 'école'],
    ['don’t', "don't"],
    ['㍻', '平成'],
  ])('%s is found as %s', (a, b) => expect(fold(a)).toBe(fold(b)));

  it.each([
    ['か', 'が'],
    ['は', 'ぱ'],
    ['か', 'か\u3099'],
  ])('%s is not %s', (a, b) => expect(fold(a)).not.toBe(fold(b)));

  it('knows where each character was', () => {
    expect(foldWithOrigins('Straße').origins).toBeNull();
    const { text, origins } = foldWithOrigins('x㍻ｶﾞy');
    expect(text).toBe('x平成がy');
    expect([...origins!]).toEqual([0, 1, 1, 2, 4, 5]);
  });
});

describe('searching a session', () => {
  it('finds a phrase, at the moment of its first word, with the words around it', () => {
    const found = find('the BUDGET', [said([' We', ' talk', ' about', ' the', ' budget', ' for', ' May.'], 60)]);
    expect(found).toEqual({
      count: 1,
      hits: [{ atSample: 63 * SECOND, before: ' We talk about ', match: 'the budget', after: ' for May.' }],
    });
  });

  it('finds a part of a word, as one types', () => {
    expect(seconds(find('bud', [said([' The', ' budget', ' is', ' rosebud'], 0)]))).toEqual([1, 3]);
  });

  it('finds words in scripts without spaces, whatever tokens they were written in', () => {
    const words = ['来', '週の', '会', '議', 'は', '木曜', '日'];
    expect(seconds(find('会議', [said(words, 0)]))).toEqual([2]);
    expect(seconds(find('週の会', [said(words, 0)]))).toEqual([1]);
    expect(seconds(find('かいぎ', [said(['カイ', 'ギ', '室'], 0)]))).toEqual([0]);
  });

  it('finds what runs over from one segment, or one piece on disk, into the next', () => {
    const found = find('good morning', [said([' All', ' good'], 0)], [said([' morning', ' then'], 9)]);
    expect(seconds(found)).toEqual([1]);
    expect(seconds(find('会議', [said(['会'], 0)], [said(['議'], 5)]))).toEqual([0]);
  });

  it('finds all words in any order where the phrase was not said', () => {
    const piece = [said([' The', ' garden', ' needs', ' a', ' budget'], 0)];
    expect(seconds(find('budget garden', piece))).toEqual([4]);
    expect(find('budget zebra', piece)).toBeNull();
  });

  it('marks what was said, not what was typed', () => {
    expect(find('平成', [said(['㍻', '元年'], 0)])?.hits[0]).toMatchObject({ before: '', match: '㍻', after: '元年' });
    expect(find('ガ', [said(['これ', 'ｶﾞ', 'よい'], 0)])?.hits[0]).toMatchObject({ match: 'ｶﾞ', atSample: SECOND });
  });

  it('never cuts a character in two', () => {
    const found = find('here', [said([`${'𠮷'.repeat(60)}here${'𠮷'.repeat(60)}`], 0)]);
    const { before, after } = found!.hits[0]!;
    for (const text of [before, after]) expect(text).toBe(text.toWellFormed());
  });

  it('has no answer to nothing', () => {
    expect(queryOf('  \u3000 ')).toBeNull();
    expect(find('word', [])).toBeNull();
  });

  it('counts no further than anyone would', () => {
    const many = Array.from({ length: 3_000 }, () => ' again');
    expect(find('again', [said(many, 0)])).toMatchObject({ count: 999 });
  });

  it('finds a title', () => {
    expect(within('Café, Ｔｏｋｙｏ', queryOf('tokyo')!)).toEqual([6, 11]);
    expect(within('Café', queryOf('tea')!)).toBeNull();
  });
});

describe('eight hours of talk', () => {
  const random = seeded(8);
  const pick = (list: readonly string[]) => list[Math.floor(random() * list.length)]!;
  const ENGLISH = Array.from({ length: 4_000 }, (_, i) => ` ${(i * 2_654_435_761).toString(36).replace(/\d/g, 'e')}`);
  const KANA = Array.from(
    'あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをん会議資料木曜日港船',
  );

  /** 160 words or 300 characters a minute. */
  const talk = (words: readonly string[], perMinute: number): Passage[] =>
    passages(
      ...Array.from({ length: 60 }, (_, piece) =>
        Array.from({ length: 64 }, (_, i) => {
          const from = (piece * 64 + i) * 7.5;
          return said(
            Array.from({ length: Math.round(perMinute / 8) }, () => pick(words)),
            from,
          );
        }),
      ),
    );

  it.each([
    ['English', talk(ENGLISH, 160), ['e', 'bud', 'garden budget', 'not said at all', 'zz']],
    ['Japanese', talk(KANA, 300), ['の', '会議', 'カイギ', '木曜日の港', '言わなかった']],
  ])('in %s are searched in less than 50 ms', (_, all, queries) => {
    const searched = searchText(all);
    const times = queries.map((query) => {
      const began = performance.now();
      search(searched, queryOf(query)!, 3);
      return performance.now() - began;
    });
    expect(Math.max(...times)).toBeLessThan(50);
  });
});
