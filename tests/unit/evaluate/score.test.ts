import { describe, expect, test } from 'vitest';
import { align } from '../../evaluate/score/align.ts';
import { countWords, unitsOf } from '../../evaluate/score/normalise.ts';
import { score } from '../../evaluate/score/score.ts';
import { quantile, spread } from '../../evaluate/score/statistics.ts';

const words = (text: string): string[] => text.split(' ').filter((word) => word !== '');
const english = (text: string): string => unitsOf(text, 'en').join(' ');

describe('align', () => {
  test.each([
    ['a b c', 'a b c', 0, 0],
    ['a b c', 'a x c', 1, 0],
    ['a b c', 'a c', 1, 0],
    ['a b c', 'a b c d', 1, 0],
    ['a b c', 'a', 2, 2],
    ['a b c', '', 3, 3],
    ['', 'a b', 2, 0],
    ['a b c d', 'b c', 2, 1],
    ['we met at the old mill', 'we met at the old', 1, 1],
  ])('%o heard as %o: %i errors, %i lost at the end', (reference, heard, errors, trailingDeletions) => {
    expect(align(words(reference), words(heard))).toEqual({ errors, trailingDeletions });
  });

  test('of equally good alignments the one that loses most at the end counts', () => {
    expect(align(words('a b c d'), words('a b x'))).toEqual({ errors: 2, trailingDeletions: 1 });
  });

  test('agrees with the textbook recursion on random texts', () => {
    const distance = (a: readonly string[], b: readonly string[]): number => {
      if (a.length === 0) return b.length;
      if (b.length === 0) return a.length;
      const [x, ...as] = a;
      const [y, ...bs] = b;
      if (x === y) return distance(as, bs);
      return 1 + Math.min(distance(as, bs), distance(as, b), distance(a, bs));
    };
    let seed = 7;
    const random = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below;
    for (let round = 0; round < 200; round++) {
      const text = (): string[] => Array.from({ length: random(7) }, () => 'abc'.charAt(random(3)));
      const [a, b] = [text(), text()];
      expect(align(a, b).errors, `${a.join('')} ${b.join('')}`).toBe(distance(a, b));
    }
  });
});

describe('English is the same text', () => {
  test.each([
    ['Hello, World!', 'hello world'],
    ['Don’t you think it’s fine?', 'do not you think it is fine'],
    ["We can't, cannot and won't.", 'we can not can not and will not'],
    ["She'll say I'm late, they've gone.", 'she will say i am late they have gone'],
    ["The dog's bone", 'the dogs bone'],
    ['Um, I, uh, think so. Hmm.', 'i think so'],
    ['[music] Good (old) evening', 'good old evening'],
    ['Mr. Smith met Dr. Jones', 'mister smith met doctor jones'],
    ['the colour of my neighbour’s favourite theatre', 'the color of my neighbors favorite theater'],
    ['we realised and organised the grey travelling programme', 'we realized and organized the gray traveling program'],
    ['a naïve café', 'a naive cafe'],
    ['a well-known mother-in-law', 'a well known mother in law'],
    ['twenty-five', '2 5'],
    ['nineteen twenty five', '1 9 2 5'],
    ['in 1925', 'in 1 9 2 5'],
    ['nineteen oh five', '1 9 0 5'],
    ['one hundred and five', '1 0 5'],
    ['a hundred', '1 0 0'],
    ['two thousand and twelve', '2 0 1 2'],
    ['1,250,000', '1 2 5 0 0 0 0'],
    ['1.5 million', '1 point 5 0 0 0 0 0 0'],
    ['one million two hundred fifty thousand', '1 2 5 0 0 0 0'],
    ['zero one two three', '0 1 2 3'],
    ['0, 1, 2, 3', '0 1 2 3'],
    ['007', '0 0 7'],
    ['the twenty first of May', 'the 21st of may'],
    ['the 21st', 'the 21st'],
    ['the eleventh hour', 'the 11th hour'],
    ['the twenties and the 1920s', 'the 2 0 s and the 1 9 2 0 s'],
    ['$5 and 20%', '5 dollars and 2 0 percent'],
    ['3.5 per cent', '3 point 5 percent'],
    ['five and six', '5 and 6'],
    ['a man and a million', 'a man and 1 0 0 0 0 0 0'],
    ['salt & pepper, ok', 'salt and pepper okay'],
  ])('%o', (text, plain) => {
    expect(english(text)).toBe(plain);
  });

  test('what differs still differs', () => {
    expect(english('five')).not.toBe(english('nine'));
    expect(english('fifteen')).not.toBe(english('fifty'));
    expect(english('first')).not.toBe(english('one'));
    expect(english('our four doors')).not.toBe(english('or for dors'));
  });
});

describe('other languages', () => {
  test('by word, diacritics kept', () => {
    expect(unitsOf('L’été, où es-tu ?', 'fr')).toEqual(['l', 'été', 'où', 'es', 'tu']);
    expect(unitsOf('Schöne Grüße', 'de')).not.toEqual(unitsOf('Schone Gruße', 'de'));
    expect(unitsOf('e\u0301te\u0301', 'fr')).toEqual(unitsOf('été', 'fr'));
  });

  test('by character, width folded', () => {
    expect(unitsOf('こんにちは、世界。', 'ja')).toEqual(Array.from('こんにちは世界'));
    expect(unitsOf('ｺﾝﾋﾟｭｰﾀｰ ２０２４', 'ja')).toEqual(Array.from('コンピューター2024'));
    expect(unitsOf('안녕 하세요', 'ko')).toEqual(Array.from('안녕하세요'));
    expect(unitsOf('你好，世界！', 'zh')).toHaveLength(4);
  });

  test.each([
    ['午後三時三十分', '午後3時30分'],
    ['二十五人', '25人'],
    ['千九百八十四年', '一九八四年'],
    ['百五', '105'],
    ['二万', '2万'],
    ['十', '10'],
  ])('%o is %o', (kanji, digits) => {
    expect(unitsOf(kanji, 'ja')).toEqual(unitsOf(digits, 'ja'));
  });

  test('marks stay with their letters', () => {
    expect(unitsOf('हिन्दी में', 'hi')).toEqual(['हिन्दी', 'में']);
  });
});

describe('score', () => {
  test('the kindest of the alternatives counts', () => {
    const reference = { language: 'ar', text: 'صفر واحد', textAlternatives: ['0 1'] };
    expect(score(reference, '0 1')).toMatchObject({ errors: 0, units: 2, wer: 0 });
  });

  test('Japanese is scored by character', () => {
    expect(score({ language: 'ja', text: '今日は晴れ。' }, '今日は雨')).toMatchObject({
      units: 5,
      errors: 2,
      byCharacter: true,
    });
  });

  test('words at the end that nobody heard are lost at Stop', () => {
    const reference = { language: 'en', text: 'Please bring the blue umbrella.' };
    expect(score(reference, 'Please bring the')).toMatchObject({ errors: 2, wordsLostAtStop: 2 });
  });

  test.each([
    ['having been a shop boy', 'having been a shopboy', 0],
    ['everyone sat on the back seat', 'every one sat on the backseat', 0],
    ['a shop boy and a shopboy', 'a shopboy and a shopboy', 2],
    ['he keeps a note book', 'he keeps a notebook', 0],
    ['to get her', 'together', 3],
  ])('%o heard as %o: %i errors', (text, heard, errors) => {
    expect(score({ language: 'en', text }, heard).errors).toBe(errors);
  });

  test('any word is an invention where nobody speaks', () => {
    const reference = { language: 'zxx', text: '' };
    expect(score(reference, '')).toMatchObject({ errors: 0, units: 0, wer: null });
    expect(score(reference, 'Thank you for watching!')).toMatchObject({ errors: 4, units: 0, wer: null });
    expect(countWords('ご視聴ありがとうございました')).toBeGreaterThan(1);
  });

  test('without a reference nothing is scored', () => {
    expect(score({ language: 'ja', text: null }, 'なにか')).toMatchObject({ errors: null, units: null, wer: null });
  });
});

describe('statistics', () => {
  test('quantiles interpolate', () => {
    expect(quantile([3, 1, 2], 0.5)).toBe(2);
    expect(quantile([1, 2], 0.5)).toBe(1.5);
    expect(quantile([0, 10], 0.95)).toBeCloseTo(9.5);
    expect(spread([])).toEqual({ median: null, p95: null });
  });
});
