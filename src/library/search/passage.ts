import { joint } from '../../transcript/paragraphs.ts';
import type { Segment } from '../../transcript/transcript.ts';

/**
 * A piece of a text as it is searched: plain, with the time of every word. Kept beside the piece, because a string and two arrays of
 * numbers are read from disk many times faster than a hundred thousand words.
 */
export interface Passage {
  readonly session: string;
  readonly version: string;
  readonly index: number;
  readonly text: string;
  /** Where in `text` each word begins. */
  readonly offsets: Uint32Array;
  /** When it was said: sample index at 16 kHz. */
  readonly starts: Uint32Array;
}

export function passageOf(segments: readonly Segment[]): Pick<Passage, 'text' | 'offsets' | 'starts'> {
  let text = '';
  let last = '';
  const offsets: number[] = [];
  const starts: number[] = [];
  for (const { committed } of segments) {
    text += joint(last, committed[0]?.text ?? '');
    last = committed.at(-1)?.text ?? last;
    for (const word of committed) {
      offsets.push(text.length);
      starts.push(Math.max(0, word.startSample));
      text += word.text;
    }
  }
  return { text, offsets: Uint32Array.from(offsets), starts: Uint32Array.from(starts) };
}

/** Passages that follow each other, as one. */
export function joined(passages: readonly Passage[]): Pick<Passage, 'text' | 'offsets' | 'starts'> {
  const count = passages.reduce((sum, { offsets }) => sum + offsets.length, 0);
  const offsets = new Uint32Array(count);
  const starts = new Uint32Array(count);
  let text = '';
  let last = '';
  let words = 0;
  for (const passage of passages) {
    text += joint(last, passage.text);
    last = passage.text === '' ? last : passage.text;
    for (let i = 0; i < passage.offsets.length; i++) offsets[words + i] = text.length + passage.offsets[i]!;
    starts.set(passage.starts, words);
    words += passage.offsets.length;
    text += passage.text;
  }
  return { text, offsets, starts };
}
