import { describe, expect, it } from 'vitest';
import { mergeParagraph, replaceText, splitParagraph } from '../../../src/transcript/edit.ts';
import { mergeEdits } from '../../../src/transcript/merge.ts';
import { paragraphsOf } from '../../../src/transcript/paragraphs.ts';
import { committedText, type Transcript } from '../../../src/transcript/transcript.ts';
import { seeded } from '../../support/seeded.ts';
import { transcriptOf } from '../formats/spoken.ts';

const BASE = transcriptOf(
  { text: 'The garden needs water.', at: 1 },
  { text: 'So do the roses.', at: 9 },
  { text: 'Nobody came.', at: 17 },
);
/** As another tab reads it from the disk. */
const copy = (transcript: Transcript): Transcript => structuredClone(transcript);
const textsOf = (transcript: Transcript) =>
  paragraphsOf(transcript).map(({ segments }) => segments.map(committedText).join(' '));
const rewrite = (transcript: Transcript, index: number, from: number, to: number, text: string): Transcript =>
  replaceText(transcript, { paragraph: paragraphsOf(transcript)[index]!.id, offset: from }, to, text).transcript;

describe('two who write in the same text', () => {
  it('both keep what they did to different places', () => {
    const ours = rewrite(BASE, 0, 4, 10, 'meadow');
    const theirs = rewrite(copy(BASE), 1, 10, 15, 'tulips');
    const { transcript, conflict } = mergeEdits(BASE, ours, theirs);
    expect(textsOf(transcript)).toEqual(['The meadow needs water.', 'So do the tulips.', 'Nobody came.']);
    expect(conflict).toBe(false);
  });

  it('may part, join and take away beside each other', () => {
    const [first, second] = paragraphsOf(BASE);
    const ours = splitParagraph(BASE, { paragraph: first!.id, offset: 11 }).transcript;
    const theirs = rewrite(copy(BASE), 2, 0, 12, 'Somebody came.');
    const merged = mergeEdits(BASE, ours, theirs);
    expect(textsOf(merged.transcript)).toEqual(['The garden', 'needs water.', 'So do the roses.', 'Somebody came.']);
    expect(merged.conflict).toBe(false);
    const joined = mergeParagraph(copy(BASE), second!.id).transcript;
    const gone = mergeEdits(BASE, { segments: BASE.segments.slice(0, 2) }, joined);
    expect(textsOf(gone.transcript)).toEqual(['The garden needs water. So do the roses.']);
    expect(gone.conflict).toBe(false);
  });

  it('are told when they changed the same words: what stands here stays', () => {
    const ours = rewrite(BASE, 1, 10, 15, 'lilies');
    const { transcript, conflict } = mergeEdits(BASE, ours, rewrite(copy(BASE), 1, 10, 15, 'tulips'));
    expect(textsOf(transcript)[1]).toBe('So do the lilies.');
    expect(conflict).toBe(true);
    expect(mergeEdits(BASE, ours, copy(ours))).toEqual({ transcript: ours, conflict: false });
  });

  it('come to the same text, whoever writes first', () => {
    const random = seeded(7);
    for (let round = 0; round < 200; round++) {
      const [mine, yours] = random() < 0.5 ? [0, 2] : [2, 1];
      const ours = rewrite(BASE, mine, Math.floor(random() * 8), 9, `word ${round}`);
      const theirs = rewrite(BASE, yours, Math.floor(random() * 8), 9, `other ${round}`);
      const here = mergeEdits(BASE, ours, copy(theirs));
      const there = mergeEdits(BASE, theirs, copy(ours));
      expect(here.conflict).toBe(false);
      expect(here.transcript).toEqual(there.transcript);
    }
  });
});
