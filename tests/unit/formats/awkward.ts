import { LANGUAGES } from '../../../src/recognizer/languages.ts';
import type { Segment, Transcript } from '../../../src/transcript/transcript.ts';
import type { Word } from '../../../src/transcript/word.ts';

/** Texts that some format takes for its own, and texts that some encoding has trouble with. */
const AWKWARD = [
  ' plain',
  ' "quoted"',
  ' it’s',
  ' a,b;c',
  ' line\nbreak',
  ' \r\n\r\n2\r\n',
  ' -->',
  ' 00:00:01,000 --> 00:00:02,000',
  ' <b>bold</b>',
  ' &amp;',
  ' &',
  ' {\\an8}',
  ' =CMD()',
  ' @x',
  ' +1',
  ' -1',
  ' ＝1',
  ' # h',
  ' 1. one',
  ' *a*',
  ' `c`',
  ' [l](u)',
  ' |',
  ' $x$',
  ' ]]>',
  ' 👩‍👩‍👧‍👦',
  ' é',
  ' שלום',
  ' مرحبا',
  ' \u202Eevil\u202C',
  ' \u0000\u0007',
  '港',
  'へ、',
  '「',
  '」',
  ' 한국어',
  ' ไทย',
  '\ud83d',
  ' WEBVTT',
  ' NOTE x',
  ' \ufeff',
  ' \ufffe',
  '',
];

/** Any transcript: awkward words, empty segments, words without a duration, overlapping or far apart. */
export function awkwardTranscript(random: () => number): Transcript {
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!;
  let at = 0;
  const segments = Array.from({ length: Math.floor(random() * 8) }, (_, index): Segment => {
    at += Math.floor(random() * 60_000);
    const startSample = at;
    const committed = Array.from({ length: Math.floor(random() * 30) }, (): Word => {
      const from = at;
      at += Math.floor(random() * 12_000);
      return { text: pick(AWKWARD), startSample: from, endSample: at, probability: random() };
    });
    const paragraph = random() < 0.2 ? { paragraph: pick(['begins', 'continues'] as const) } : {};
    const language = random() < 0.1 ? null : pick(LANGUAGES);
    const translation = random() < 0.2 ? { translatedFrom: pick(LANGUAGES) } : {};
    return {
      id: `1.${index}`,
      startSample,
      language,
      committed,
      tentative: [],
      final: true,
      ...translation,
      ...paragraph,
    };
  });
  return { segments };
}
