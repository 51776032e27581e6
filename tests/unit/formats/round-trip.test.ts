import { describe, expect, it } from 'vitest';
import { failureOf } from '../../../src/platform/failure.ts';
import { fromJson } from '../../../src/transcript/formats/json-reader.ts';
import { toJson } from '../../../src/transcript/formats/json.ts';
import { seeded } from '../../support/seeded.ts';
import { awkwardTranscript } from './awkward.ts';

it('a saved transcript comes back as it was, sample for sample, whatever was said', async () => {
  const random = seeded(45);
  for (let run = 0; run < 200; run++) {
    const transcript = awkwardTranscript(random);
    const title = run % 2 === 0 ? null : 'A "title"\n-->';
    const file = new Blob([toJson(transcript, title)]);
    const read = fromJson(await file.text());
    expect(read.title).toBe(title);
    expect(read.transcript.segments).toEqual(transcript.segments.filter(({ committed }) => committed.length > 0));
  }
});

describe('what is no transcript of ours is refused by name', () => {
  const segment = { id: '1', language: 'en', from: 0, words: [{ text: ' a', start: 0, end: 1, probability: 1 }] };
  const file = (change: object) =>
    JSON.stringify({ format: 'sotto-transcript', version: 1, sampleRate: 16_000, segments: [segment], ...change });

  it('and the file that is changed below is one', () => {
    expect(fromJson(file({})).transcript.segments).toHaveLength(1);
  });

  it.each([
    ['not-a-transcript', ''],
    ['not-a-transcript', '[]'],
    ['not-a-transcript', 'null'],
    ['not-a-transcript', file({ format: 'other' })],
    ['newer-version', file({ version: 2 })],
    ['damaged', file({ version: 'one' })],
    ['damaged', file({ sampleRate: 8000 })],
    ['damaged', file({ segments: {} })],
    ['damaged', file({ segments: [segment, segment] })],
    ['damaged', file({ segments: [{ ...segment, id: 1 }] })],
    ['damaged', file({ segments: [{ ...segment, language: 'xx' }] })],
    ['damaged', file({ segments: [{ ...segment, from: -1 }] })],
    ['damaged', file({ segments: [{ ...segment, words: [{ text: 1 }] }] })],
    ['damaged', file({ segments: [null] })],
  ])('%s: %s', (reason, text) => {
    let thrown: unknown;
    try {
      fromJson(text);
    } catch (error) {
      thrown = error;
    }
    expect(failureOf(thrown)).toEqual({ name: 'transcript-unreadable', reason });
  });
});
