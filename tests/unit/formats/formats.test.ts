import { describe, expect, it } from 'vitest';
import { EXPORT_FORMATS, MEDIA_TYPES } from '../../../src/transcript/formats/formats.ts';
import { toJson } from '../../../src/transcript/formats/json.ts';
import { toSrt } from '../../../src/transcript/formats/srt.ts';
import { toText } from '../../../src/transcript/formats/text.ts';
import { timestamp } from '../../../src/transcript/formats/time.ts';
import { BROADCAST } from '../../../src/transcript/formats/shape.ts';
import { writeFile } from '../../../src/transcript/formats/write.ts';
import { toMarkdown } from '../../../src/transcript/formats/markdown.ts';
import { toVtt } from '../../../src/transcript/formats/vtt.ts';
import { EMPTY_TRANSCRIPT } from '../../../src/transcript/transcript.ts';
import { transcriptOf } from './spoken.ts';

const TWO = transcriptOf(
  { text: 'Good morning.', at: 1.5 },
  { text: 'How are you?', at: 2.6 },
  { text: 'Fine.', at: 3662.25, secondsPerWord: 1.5 },
);

describe('timestamp', () => {
  it('is made from sample indices, to the millisecond, past the hour', () => {
    expect(timestamp(0, ',')).toBe('00:00:00,000');
    expect(timestamp(3662.25 * 16_000, '.')).toBe('01:01:02.250');
    expect(timestamp(15_999, ',')).toBe('00:00:01,000');
    expect(timestamp(100 * 3600 * 16_000, ',')).toBe('100:00:00,000');
  });
});

describe('text', () => {
  it('writes a paragraph for each long pause', () => {
    expect(toText(TWO)).toBe('Good morning. How are you?\n\nFine.\n');
  });

  it('begins a paragraph with its time when asked', () => {
    expect(toText(TWO, true)).toBe('[00:00:01] Good morning. How are you?\n\n[01:01:02] Fine.\n');
  });

  it('joins Japanese without spaces', () => {
    const transcript = transcriptOf(
      { text: 'おはよう。', at: 0, language: 'ja' },
      { text: '元気？', at: 2, language: 'ja' },
    );
    expect(toText(transcript)).toBe('おはよう。元気？\n');
  });

  it('is empty without words', () => {
    expect(toText(EMPTY_TRANSCRIPT)).toBe('');
    expect(toText(transcriptOf({ text: '', at: 0, tentative: 'perhaps' }))).toBe('');
  });
});

describe('srt', () => {
  it('numbers its cues and separates them by an empty line', () => {
    expect(toSrt(TWO)).toBe(
      '1\n00:00:01,500 --> 00:00:03,500\nGood morning. How are you?\n\n' + '2\n01:01:02,250 --> 01:01:03,750\nFine.\n',
    );
  });
});

describe('vtt', () => {
  it('begins with its header', () => {
    expect(toVtt(TWO).split('\n').slice(0, 4)).toEqual([
      'WEBVTT',
      '',
      '00:00:01.500 --> 00:00:03.500',
      'Good morning. How are you?',
    ]);
    expect(toVtt(EMPTY_TRANSCRIPT)).toBe('WEBVTT\n');
  });
});

describe('json', () => {
  it('gives every committed word with its times in seconds', () => {
    const parsed: unknown = JSON.parse(toJson(transcriptOf({ text: 'Good morning.', at: 1.5, tentative: 'perhaps' })));
    expect(parsed).toEqual({
      format: 'sotto-transcript',
      version: 1,
      title: null,
      sampleRate: 16_000,
      segments: [
        {
          id: '1.0',
          language: 'en',
          start: 1.5,
          end: 2.1,
          from: 1.5,
          text: 'Good morning.',
          words: [
            { text: ' Good', start: 1.5, end: 1.8, probability: 0.9 },
            { text: ' morning.', start: 1.8, end: 2.1, probability: 0.9 },
          ],
        },
      ],
    });
  });
});

describe('F46: text that means something to a format', () => {
  const hostile = transcriptOf({ text: '00:01 --> 00:02 <b>bold</b> {\\an8} =CMD() & \u202egnp\u202c\u0007', at: 0 });

  it('srt: no markup and no second time line', () => {
    const srt = toSrt(hostile);
    expect(srt.match(/-->/g)).toHaveLength(1);
    expect(srt.replace(/ --> /, '')).not.toMatch(/[<>]|\{\\/);
    expect(srt).toContain('‹b›bold‹/b›');
  });

  it('vtt: escaped', () => {
    const vtt = toVtt(hostile);
    expect(vtt.match(/-->/g)).toHaveLength(1);
    expect(vtt).toContain('&lt;b&gt;bold&lt;/b&gt;');
    expect(vtt).toContain(' &amp; ');
  });

  it('text and subtitles: no control characters, no turned direction', () => {
    for (const write of [toText, toSrt, toVtt])
      expect(write(hostile).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202a-\u202e]/u);
  });

  it('a line break in a word ends no cue', () => {
    const transcript = transcriptOf({ text: 'one', at: 0 });
    const [segment] = transcript.segments;
    const broken = { segments: [{ ...segment!, committed: [{ ...segment!.committed[0]!, text: 'one\n\n2\n00:00' }] }] };
    expect(toSrt(broken)).toBe('1\n00:00:00,000 --> 00:00:00,833\none 2 00:00\n');
  });
});

describe('markdown', () => {
  it('escapes what would be a heading, a list, a table, a link or markup', () => {
    const spoken = transcriptOf(
      { text: '# no heading', at: 0 },
      { text: '1. no *list* [x](y) a|b <b> $x$', at: 60 },
      { text: '- no list', at: 120 },
    );
    expect(toMarkdown(spoken, 'A *title*\n# two', false)).toBe(
      '# A \\*title\\* # two\n\n\\# no heading\n\n1\\. no \\*list\\* \\[x\\](y) a\\|b \\<b\\> \\$x\\$\n\n\\- no list\n',
    );
  });

  it('gives each paragraph its time when asked', () => {
    expect(toMarkdown(TWO, null, true)).toBe('**00:00:01** Good morning. How are you?\n\n**01:01:02** Fine.\n');
  });
});

it('every format has a media type and writes an empty transcript', async () => {
  for (const format of EXPORT_FORMATS) {
    expect(MEDIA_TYPES[format]).toMatch(/^[a-z]+\/[a-z-]+/);
    const options = { title: null, times: true, shape: BROADCAST };
    const file = await writeFile(format, EMPTY_TRANSCRIPT, options, new Date(2026, 0, 1));
    expect(file.type).toBe(MEDIA_TYPES[format]);
  }
});
