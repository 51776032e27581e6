import { describe, expect, it } from 'vitest';
import { commandOf, type KeyPlace } from '../../../src/view/document/keys.ts';
import { renewParagraphs, wordAt } from '../../../src/view/document/paragraph-text.ts';
import { wavePath } from '../../../src/view/document/wave-path.ts';
import { replaceText } from '../../../src/transcript/edit.ts';
import { transcriptOf } from '../formats/spoken.ts';

const SECOND = 16_000;

describe('keys of a document', () => {
  const press = (keys: string, place: KeyPlace = 'text') => {
    const names = keys.split('+');
    return commandOf(
      {
        key: names.at(-1) ?? '',
        ctrlKey: names.includes('Control'),
        metaKey: names.includes('Meta'),
        altKey: names.includes('Alt'),
        shiftKey: names.includes('Shift'),
        isComposing: false,
      },
      place,
    );
  };

  it('undo and redo as everywhere, on every system; fields keep their own', () => {
    expect(['Control+z', 'Meta+z', 'Control+Shift+Z', 'Meta+Shift+z', 'Control+y'].map((keys) => press(keys))).toEqual([
      'undo',
      'undo',
      'redo',
      'redo',
      'redo',
    ]);
    expect(press('Control+z', 'page')).toBe('undo');
    expect(press('Control+z', 'control')).toBeNull();
  });

  it('playback while one writes, as in transcription tools', () => {
    expect(['Escape', 'F1', 'F2', 'F3', 'F4', 'Alt+Enter'].map((keys) => press(keys))).toEqual([
      'play',
      'back',
      'forward',
      'slower',
      'faster',
      'play-here',
    ]);
  });

  it('leaves letters, Tab, words and whole lines to writing', () => {
    for (const keys of [
      'a',
      ' ',
      'Tab',
      'Enter',
      'Control+ArrowLeft',
      'Control+Enter',
      'Alt+ArrowLeft',
      'Shift+F3',
      'ArrowUp',
    ])
      expect(press(keys), keys).toBeNull();
  });

  it('beside the text the space bar plays, but not on a control', () => {
    expect(press(' ', 'page')).toBe('play');
    expect(press(' ', 'control')).toBeNull();
    expect(press('Escape', 'control')).toBeNull();
    expect(press('Control+ArrowRight', 'page')).toBe('forward');
    expect(press('Control+ArrowRight', 'control')).toBeNull();
  });

  it('find from anywhere', () => {
    expect(press('Control+f')).toBe('find');
    expect(press('Meta+f', 'control')).toBe('find');
    expect([press('Control+g'), press('Control+Shift+G')]).toEqual(['next', 'previous']);
  });

  it('nothing while an input method composes', () => {
    const key = { key: 'Escape', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, isComposing: true };
    expect(commandOf(key, 'text')).toBeNull();
  });
});

describe('paragraphs as they are shown', () => {
  const SAID = transcriptOf({ text: 'One two.', at: 1 }, { text: 'Three four.', at: 10 }, { text: 'Five.', at: 20 });
  const paragraphs = renewParagraphs(SAID, []);

  it('an edit changes the object of its own paragraph alone, once its neighbour is held', () => {
    const { transcript } = replaceText(SAID, { paragraph: '1.0', offset: 0 }, 3, 'First');
    const renewed = renewParagraphs(transcript, paragraphs);
    expect(renewed.map(({ text }) => text)).toEqual(['First two.', 'Three four.', 'Five.']);
    expect(renewed[0]).not.toBe(paragraphs[0]);
    expect(renewed[2]).toBe(paragraphs[2]);
    const again = replaceText(transcript, { paragraph: '1.0', offset: 0 }, 0, 'x').transcript;
    expect(renewParagraphs(again, renewed)[1]).toBe(renewed[1]);
  });

  it('the word that is being said is the last one that has begun', () => {
    const textAt = (seconds: number) => wordAt(paragraphs, seconds * SECOND)?.place.word.text.trim() ?? null;
    expect([0.5, 1, 1.29, 1.3, 1.9, 10.4, 20.1].map(textAt)).toEqual([
      null,
      'One',
      'One',
      'two.',
      'two.',
      'four.',
      'Five.',
    ]);
  });

  it('in silence nothing is being said', () => {
    expect(wordAt(paragraphs, 5 * SECOND)).toBeNull();
    expect(wordAt([], SECOND)).toBeNull();
  });
});

describe('the waveform', () => {
  it('is drawn as large as it can be, without making noise of silence', () => {
    const heights = (path: string) =>
      [...path.matchAll(/M[\d.]+ ([\d.]+)V([\d.]+)/g)].map(([, top, bottom]) => Number(bottom) - Number(top));
    const [quiet, loud, silent] = heights(wavePath([0.1, 0.4, 0]));
    expect(loud).toBeGreaterThan(1.8);
    expect(loud).toBeLessThanOrEqual(2);
    expect(quiet).toBeCloseTo(loud! / 2, 2);
    expect(silent).toBeLessThan(0.15);
    expect(Math.max(...heights(wavePath([0.0005, 0.001])))).toBeLessThan(0.3);
  });
});
