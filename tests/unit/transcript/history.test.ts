import { describe, expect, it } from 'vitest';
import { mergeParagraph, replaceText, splitParagraph, type Edited } from '../../../src/transcript/edit.ts';
import { History, type Change } from '../../../src/transcript/history.ts';
import { paragraphsOf } from '../../../src/transcript/paragraphs.ts';
import type { Transcript } from '../../../src/transcript/transcript.ts';
import { seeded } from '../../support/seeded.ts';
import { transcriptOf } from '../formats/spoken.ts';

const SAID = transcriptOf(
  { text: 'One two three.', at: 1 },
  { text: 'Four five six.', at: 10 },
  { text: '七八九。', at: 20, language: 'ja' },
);

/** A document as an editor holds it. */
class Desk {
  transcript = SAID;
  readonly history: History;
  nowMs = 0;

  constructor(limit?: number) {
    this.history = new History(limit);
  }

  edit(edited: Edited, wishes: Partial<Change> = {}): void {
    const change = { from: this.transcript, to: edited.transcript, before: null, after: edited.caret, typing: false };
    this.history.add({ ...change, atMs: this.nowMs, ...wishes });
    this.transcript = edited.transcript;
  }

  /** Letter by letter into the first paragraph. */
  type(offset: number, text: string, pauseMs = 100): void {
    for (const [index, letter] of [...text].entries()) {
      const before = { paragraph: '1.0', offset: offset + index };
      this.nowMs += pauseMs;
      this.edit(replaceText(this.transcript, before, before.offset, letter), { before, typing: true });
    }
  }

  undo(): void {
    this.transcript = this.history.undo(this.transcript)?.transcript ?? this.transcript;
  }

  redo(): void {
    this.transcript = this.history.redo(this.transcript)?.transcript ?? this.transcript;
  }
}

const expectSame = (transcript: Transcript, other: Transcript) => {
  expect(transcript.segments).toHaveLength(other.segments.length);
  expect(transcript.segments.every((segment, index) => segment === other.segments[index])).toBe(true);
};

describe('a history', () => {
  it('gives back the very segments that were there, and redo those that came (seeded)', () => {
    const random = seeded(45);
    const desk = new Desk();
    const states = [desk.transcript];
    for (let step = 0; step < 120; step++) {
      const paragraphs = paragraphsOf(desk.transcript);
      const paragraph = paragraphs[Math.floor(random() * paragraphs.length)]!.id;
      const offset = Math.floor(random() * 12);
      const dice = random();
      const edited =
        dice < 0.15
          ? splitParagraph(desk.transcript, { paragraph, offset })
          : dice < 0.3
            ? mergeParagraph(desk.transcript, paragraph)
            : replaceText(desk.transcript, { paragraph, offset }, offset + 3, ['new ', '新', '', 'x'][step % 4]!);
      const before = desk.transcript;
      desk.edit(edited);
      if (edited.transcript !== before) states.push(desk.transcript);
    }
    for (const state of states.toReversed().slice(1)) {
      desk.undo();
      expectSame(desk.transcript, state);
    }
    expect(desk.history.canUndo).toBe(false);
    for (const state of states.slice(1)) {
      desk.redo();
      expectSame(desk.transcript, state);
    }
    expect(desk.history.canRedo).toBe(false);
  });

  it('takes typing without a pause as one step, and says where the caret was', () => {
    const desk = new Desk();
    desk.type(3, ' and');
    expect(desk.history.undo(desk.transcript)).toEqual({
      transcript: SAID,
      caret: { paragraph: '1.0', offset: 3 },
    });
    expect(desk.history.canUndo).toBe(false);
  });

  it('a pause, another place and an undo end a step of typing', () => {
    const desk = new Desk();
    desk.type(3, 'a');
    desk.type(4, 'b', 2_000);
    desk.type(0, 'c');
    desk.undo();
    desk.type(5, 'd');
    let steps = 0;
    for (; desk.history.canUndo; steps++) desk.undo();
    expect(steps).toBe(3);
    expectSame(desk.transcript, SAID);
  });

  it('what comes after an undo takes the place of what was undone', () => {
    const desk = new Desk();
    desk.type(3, 'x');
    desk.undo();
    desk.type(3, 'y');
    expect(desk.history.canRedo).toBe(false);
    desk.redo();
    expect(paragraphsOf(desk.transcript)[0]!.segments[0]!.committed[0]!.text).toContain('Oney');
  });

  it('knows no step that changed nothing', () => {
    const desk = new Desk();
    desk.type(3, 'x');
    desk.undo();
    desk.edit({ transcript: desk.transcript, caret: { paragraph: '1.0', offset: 0 } });
    expect([desk.history.canUndo, desk.history.canRedo]).toEqual([false, true]);
    expect(new Desk().history.undo(SAID)).toBeNull();
  });

  it('forgets the oldest beyond its limit', () => {
    const desk = new Desk(3);
    for (const letter of 'abcde') {
      desk.nowMs += 5_000;
      desk.type(0, letter);
    }
    let steps = 0;
    for (; desk.history.canUndo; steps++) desk.undo();
    expect(steps).toBe(3);
  });
});
