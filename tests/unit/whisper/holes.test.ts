import { expect, it } from 'vitest';
import { secondsToSamples } from '../../../src/audio/units.ts';
import { fillHoles } from '../../../workers/whisper/holes.ts';
import type { TranscribeRequest, Transcription } from '../../../workers/whisper/transcribe.ts';
import type { TokenWord } from '../../../workers/whisper/words.ts';

const word = (text: string, startSeconds: number, endSeconds: number): TokenWord => ({
  text,
  startSample: secondsToSamples(startSeconds),
  endSample: secondsToSamples(endSeconds),
  probability: 0.9,
  tokens: [],
});

const transcription = (words: readonly TokenWord[], rest: Partial<Transcription> = {}): Transcription => ({
  language: 'en',
  languageProbability: 1,
  words,
  abandoned: false,
  legible: true,
  likely: true,
  sound: true,
  melMs: 1,
  encoderMs: 10,
  decoderMs: 5,
  tokenCount: words.length,
  fallbacks: 0,
  ...rest,
});

/** Twenty seconds from second 100 on; loud but for a moment at 104.9. */
function request(): TranscribeRequest {
  const samples = new Float32Array(secondsToSamples(20)).fill(0.5);
  samples.fill(0, secondsToSamples(4.9), secondsToSamples(4.92));
  return {
    samples,
    startSample: secondsToSamples(100),
    speechEndSample: secondsToSamples(119.7),
    language: null,
    likelyLanguage: null,
    languages: [],
    task: 'transcribe',
    glossary: null,
    previousText: [1, 2, 3],
    prefix: [],
    draft: [],
    pass: 'final',
    abandoned: () => false,
  };
}

const FIRST = [word(' Behold', 100, 100.6), word(' these', 100.6, 105), word(' kine.', 105, 120)];
const text = (words: readonly TokenWord[]): string => words.map((one) => one.text).join('');

it('hears a stretch again that was left out, from its quietest beginning, and puts in what it finds', async () => {
  const asked: TranscribeRequest[] = [];
  const filled = await fillHoles(
    (part) => {
      asked.push(part);
      return Promise.resolve(
        transcription([word(' kine.', 105, 105.5), word(' Hold', 106, 106.5), word(' on.', 107, 108)]),
      );
    },
    request(),
    transcription([word(' Behold', 100, 100.6), word(' these', 100.6, 105 - 1), word(' kine.', 105, 120)]),
  );
  expect(text(filled.words)).toBe(' Behold these kine. Hold on.');
  expect(filled).toMatchObject({ encoderMs: 20, tokenCount: 6 });
  expect(asked).toHaveLength(1);
  expect(asked[0]).toMatchObject({
    language: 'en',
    previousText: [],
    startSample: secondsToSamples(104.9),
    speechEndSample: secondsToSamples(119.7),
  });
  expect(asked[0]!.samples.length).toBe(secondsToSamples(15.1));
});

it('leaves the word as it was when nothing more is found, or only a guess', async () => {
  for (const found of [
    transcription([word(' kine.', 105, 120)]),
    transcription([]),
    transcription([word(' Thank', 105, 106), word(' you.', 106, 107)], { likely: false, sound: false }),
    transcription([word(' la', 105, 106), word(' la', 106, 107)], { legible: false, sound: false }),
  ]) {
    const filled = await fillHoles(() => Promise.resolve(found), request(), transcription(FIRST));
    expect(text(filled.words)).toBe(' Behold these kine.');
  }
});

it('goes on where what was left out leaves something out itself, but not for ever', async () => {
  let passes = 0;
  const filled = await fillHoles(
    (part) => {
      passes++;
      const from = part.startSample / 16_000;
      return Promise.resolve(transcription([word(' and', from, from + 1), word(' on', from + 1, 120)]));
    },
    request(),
    transcription([word(' Behold', 100, 120)]),
  );
  expect(passes).toBe(3);
  expect(text(filled.words)).toBe(' and and and on');
});

it('hears nothing again of what is whole or given up', async () => {
  const never = () => Promise.reject(new Error('there is nothing to hear again'));
  const whole = transcription([word(' One', 100, 101), word(' two', 101, 103.9)]);
  expect(await fillHoles(never, request(), whole)).toEqual(whole);
  const abandoned = transcription(FIRST, { abandoned: true });
  expect(await fillHoles(never, request(), abandoned)).toBe(abandoned);
});
