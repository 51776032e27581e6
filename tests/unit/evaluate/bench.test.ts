import { describe, expect, test } from 'vitest';
import { decoderStep, logMel, shares, stagesOf, typical, type Stages } from '../../bench/stages.ts';

const stages = (melMs: number, encoderMs: number, decoderMs: number, restMs: number, tokenCount: number): Stages => ({
  melMs,
  encoderMs,
  decoderMs,
  restMs,
  tokenCount,
});

describe('the stages of a run', () => {
  test('are those of all its passes; what they leave of the whole is the rest', () => {
    const pass = { sampleCount: 1, totalMs: 70, fallbacks: 0 };
    const passes = [
      { ...pass, melMs: 5, encoderMs: 30, decoderMs: 20, tokenCount: 4 },
      { ...pass, melMs: 3, encoderMs: 20, decoderMs: 10, tokenCount: 2 },
    ];
    expect(stagesOf({ processingMs: 150, passes })).toEqual(stages(8, 50, 30, 62, 6));
    expect(stagesOf({ processingMs: 150, passes: null })).toEqual(stages(0, 0, 0, 150, 0));
  });

  test('are each the median of several runs', () => {
    const runs = [stages(1, 30, 9, 0, 4), stages(2, 10, 8, 1, 4), stages(9, 20, 7, 2, 4)];
    expect(typical(runs)).toEqual(stages(2, 20, 8, 1, 4));
  });

  test('have shares of the time of all clips', () => {
    expect(shares(stages(10, 50, 30, 10, 5))).toBe('mel 10 %, encoder 50 %, decoder 30 %, rest 10 %');
    expect(shares([stages(0, 100, 0, 0, 1), stages(20, 0, 60, 20, 9)])).toBe(
      'mel 10 %, encoder 50 %, decoder 30 %, rest 10 %',
    );
  });

  test('are compared by token in the decoder, and whole in the spectrogram', () => {
    const rows = [
      { ours: stages(10, 1, 100, 1, 10), stock: stages(200, 1, 300, 1, 8) },
      { ours: stages(20, 1, 200, 1, 10), stock: stages(200, 1, 900, 1, 12) },
    ];
    expect(decoderStep(rows)).toEqual({ oursMs: 15, stockMs: 60, ratio: 0.25 });
    expect(logMel(rows)).toEqual({ oursMs: 30, stockMs: 400, ratio: 0.075 });
    expect(decoderStep([{ ours: stages(1, 1, 1, 1, 0), stock: stages(1, 1, 1, 1, 1) }])).toBeNull();
  });
});
