import { parseText } from 'media-captions';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { SAMPLE_RATE } from '../../../src/audio/units.ts';
import { clean } from '../../../src/transcript/formats/clean.ts';
import { columns } from '../../../src/transcript/formats/columns.ts';
import { toCsv } from '../../../src/transcript/formats/csv.ts';
import { cuesOf } from '../../../src/transcript/formats/cues.ts';
import { BROADCAST } from '../../../src/transcript/formats/shape.ts';
import { toSrt } from '../../../src/transcript/formats/srt.ts';
import { toVtt } from '../../../src/transcript/formats/vtt.ts';
import { committedText } from '../../../src/transcript/transcript.ts';
import { seeded } from '../../support/seeded.ts';
import { awkwardTranscript } from './awkward.ts';

const random = seeded(46);
const TRANSCRIPTS = Array.from({ length: 60 }, () => awkwardTranscript(random));

/** What a reader makes of a text, and what it was: SubRip has no escapes, so brackets become others that look like them. */
const meant = {
  srt: (text: string) => text.replace(/[‹›⧵]/g, '?'),
  vtt: (text: string) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&'),
};
const shown = {
  srt: (text: string) => text.replace(/[<>]/g, '?').replaceAll('{\\', '{?'),
  vtt: (text: string) => text,
};

describe('F46: another program reads what was written, whatever was said', () => {
  it.each([
    ['srt', toSrt],
    ['vtt', toVtt],
  ] as const)('%s', async (type, write) => {
    for (const transcript of TRANSCRIPTS) {
      const cues = cuesOf(transcript, BROADCAST);
      const { cues: read, errors } = await parseText(write(transcript), { type, strict: true, errors: true });
      expect(errors).toEqual([]);
      expect(read.map(({ startTime, endTime }) => [startTime.toFixed(3), endTime.toFixed(3)])).toEqual(
        cues.map(({ startSample, endSample }) => [
          (Math.round(startSample / 16) / 1000).toFixed(3),
          (Math.round(endSample / 16) / 1000).toFixed(3),
        ]),
      );
      expect(read.map(({ text }) => meant[type](text))).toEqual(cues.map(({ lines }) => shown[type](lines.join('\n'))));
    }
  });

  it('csv', () => {
    for (const transcript of TRANSCRIPTS) {
      const { data, errors } = Papa.parse<string[]>(toCsv(transcript), { skipEmptyLines: true });
      expect(errors).toEqual([]);
      const [head, ...rows] = data;
      expect(head).toEqual(['start', 'end', 'language', 'text']);
      const said = transcript.segments.map((segment) => clean(committedText(segment))).filter((text) => text !== '');
      expect(rows.map((row) => row[3]?.replace(/^'(?=[=+\-@＝])/, ''))).toEqual(said);
      for (const row of rows) expect(row[3]).not.toMatch(/^[=+\-@＝]/);
    }
  });
});

it('subtitles keep the broadcasters’ shape, whatever was said', () => {
  for (const transcript of TRANSCRIPTS) {
    let free = 0;
    for (const { startSample, endSample, lines } of cuesOf(transcript, BROADCAST)) {
      expect(lines.length).toBeLessThanOrEqual(2);
      for (const line of lines) expect(columns(line)).toBeLessThanOrEqual(42);
      expect(startSample).toBeGreaterThanOrEqual(free);
      expect(endSample).toBeGreaterThan(startSample);
      expect(endSample - startSample).toBeLessThanOrEqual(7 * SAMPLE_RATE);
      free = endSample + 0.083 * SAMPLE_RATE;
    }
  }
});
