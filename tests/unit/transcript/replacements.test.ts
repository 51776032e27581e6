import { describe, expect, it } from 'vitest';
import { LiveReplacements, Replacements, type Replacement } from '../../../src/transcript/replacements.ts';
import type { Word } from '../../../src/transcript/word.ts';

/** Words as the recogniser gives them: behind their spaces, or each character for itself. One a second. */
const wordsOf = (text: string, parts = /\s*\S+/g): Word[] =>
  [...text.matchAll(parts)].map(([part], i) => ({ text: part, startSample: i, endSample: i + 1, probability: 1 }));
const charactersOf = (text: string): Word[] => wordsOf(text, /./gsu);
const textOf = (words: readonly Word[]): string => words.map(({ text }) => text).join('');

const rules = (...pairs: readonly (readonly [string, string])[]): Replacements =>
  new Replacements(pairs.map(([heard, written]): Replacement => ({ heard, written })));
const written = (text: string, ...pairs: readonly (readonly [string, string])[]): string =>
  textOf(rules(...pairs).apply(/\s/.test(text) ? wordsOf(text) : charactersOf(text)));

describe('Replacements', () => {
  it('finds whole words, whatever their case and the punctuation around them', () => {
    expect(written(' Ask Post gress, or “post GRESS”!', ['post gress', 'Postgres'])).toBe(
      ' Ask Postgres, or “Postgres”!',
    );
    expect(written(' the posters of Catherine', ['post', 'mail'], ['cat', 'dog'])).toBe(' the posters of Catherine');
    expect(written(" Tarkoval's and Tarkoval-like", ['tarkoval', 'Tarkovel'])).toBe(" Tarkovel's and Tarkovel-like");
    expect(written(' x1 and 1x and x', ['x', 'y'])).toBe(' x1 and 1x and y');
  });

  it('takes the longest that fits, and replaces nothing in what was replaced', () => {
    const pairs = [
      ['new', 'old'],
      ['new york', 'NYC'],
      ['old', 'ancient'],
    ] as const;
    expect(written(' a new flat in New York', ...pairs)).toBe(' a old flat in NYC');
  });

  it('begins a sentence with a capital where what is written has none', () => {
    expect(written(' Colour and colour', ['colour', 'color'])).toBe(' Color and color');
    expect(written(' So. Colour, Colour', ['colour', 'color'])).toBe(' So. Color, color');
    expect(written(' Eye phone', ['eye phone', 'iPhone'])).toBe(' iPhone');
    expect(written(' N P M', ['n p m', 'npm'])).toBe(' npm');
  });

  it('finds Kanji anywhere, and Katakana as whole words', () => {
    expect(written('今日は斎藤さんとサーバを見た。', ['斎藤', '齋藤'], ['サーバ', 'サーバー'])).toBe(
      '今日は齋藤さんとサーバーを見た。',
    );
    expect(written('ジャパンのパンとサーバー', ['パン', 'ブレッド'], ['サーバ', 'サーバー'])).toBe(
      'ジャパンのブレッドとサーバー',
    );
    expect(written('これはsottoです', ['sotto', 'Sotto'])).toBe('これはSottoです');
  });

  it('gives what stands for several words the time of all of them, and leaves the others as they are', () => {
    const words = wordsOf(' in post gress now');
    const [before, replaced, after] = rules(['post gress', 'Postgres']).apply(words);
    expect(replaced).toEqual({ text: ' Postgres', startSample: 1, endSample: 3, probability: 1 });
    expect([before, after]).toEqual([words[0], words[3]]);
    expect(textOf(rules(['a', 'b']).apply(wordsOf(' a-a a')))).toBe(' b-b b');
  });

  it('does nothing with half a rule, and knows no patterns', () => {
    expect(written(' a.c abc ', ['a.c', 'dot'], ['abc', ' '], ['', 'x'])).toBe(' dot abc');
  });
});

describe('LiveReplacements', () => {
  interface Told {
    readonly restatedFrom: number | null;
    readonly committed: readonly Word[];
    readonly tentative: readonly Word[];
    readonly final: boolean;
  }
  const told = (committed: string, tentative = '', final = false, from = 0): Told => ({
    restatedFrom: null,
    committed: wordsOf(committed).map((word) => ({ ...word, startSample: word.startSample + from })),
    tentative: wordsOf(tentative),
    final,
  });
  const live = (...pairs: readonly (readonly [string, string])[]) => new LiveReplacements<Told>(() => rules(...pairs));
  const shown = ({ committed, tentative }: Told) => [textOf(committed), textOf(tentative)];

  it('holds back what may yet become part of something longer, until it has or has not', () => {
    const words = live(['post gress', 'Postgres']);
    expect(shown(words.write('1', told(' use post')))).toEqual([' use', ' post']);
    expect(shown(words.write('1', told(' gress', ' and post')))).toEqual([' Postgres', ' and post']);
    expect(shown(words.write('1', told(' the post')))).toEqual([' the', ' post']);
    expect(shown(words.write('1', told(' office')))).toEqual([' post office', '']);
  });

  it('replaces in tentative words as well, together with those that were held back', () => {
    const words = live(['post gress', 'Postgres']);
    expect(shown(words.write('1', told(' post', ' gress is')))).toEqual(['', ' Postgres is']);
  });

  it('holds nothing back behind the end of an utterance, and nothing of another one', () => {
    const words = live(['post gress', 'Postgres']);
    words.write('1', told(' post'));
    expect(shown(words.write('2', told(' gress')))).toEqual([' gress', '']);
    expect(shown(words.write('1', told('', '', true)))).toEqual([' post', '']);
    expect(words.settle()).toEqual([]);
  });

  it('loses nothing that was held back when nothing more comes', () => {
    const words = live(['post gress', 'Postgres']);
    words.write('1', told(' use post', ' mortem'));
    expect(words.settle().map(shown)).toEqual([[' post', '']]);
  });

  it('forgets what it held back where a new worker says it anew', () => {
    const words = live(['post gress', 'Postgres']);
    words.write('1', told(' post', '', false, 5));
    expect(shown(words.write('1', { ...told(' post gress', '', false, 5), restatedFrom: 5 }))).toEqual([
      ' Postgres',
      '',
    ]);
  });

  it('does not wait for what would begin inside something that is replaced', () => {
    const words = live(['new york', 'NYC'], ['york city', 'YC']);
    expect(shown(words.write('1', told(' in new york')))).toEqual([' in NYC', '']);
  });

  it('does not hold back a word that only begins with the same letters', () => {
    const words = live(['post gress', 'Postgres']);
    expect(shown(words.write('1', told(' in a poster')))).toEqual([' in a poster', '']);
    expect(shown(words.write('1', told(' pos')))).toEqual([' pos', '']);
  });
});
