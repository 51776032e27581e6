import { describe, expect, it } from 'vitest';
import { LogMel } from '../../../workers/whisper/log-mel.ts';
import { seeded } from '../../support/seeded.ts';

const MELS = 80;

/** openai/whisper's formula, word by word and slowly: silence is really appended, every sum written out. */
function reference(samples: Float32Array, frames: number): number[][] {
  const padded = Float64Array.from({ length: frames * 160 + 400 }, (_, i) => samples[i] ?? 0);
  const toMel = (hz: number) => (hz < 1000 ? (3 * hz) / 200 : 15 + (27 * Math.log(hz / 1000)) / Math.log(6.4));
  const toHz = (mel: number) => (mel < 15 ? (200 * mel) / 3 : 1000 * Math.exp(((mel - 15) * Math.log(6.4)) / 27));
  const edges = Array.from({ length: MELS + 2 }, (_, i) => toHz((toMel(8000) * i) / (MELS + 1)));
  const logs = Array.from({ length: MELS }, () => new Array<number>(frames).fill(0));
  for (let t = 0; t < frames; t++) {
    const power: number[] = [];
    for (let k = 0; k <= 200; k++) {
      let [re, im] = [0, 0];
      for (let n = 0; n < 400; n++) {
        const value = padded[Math.abs(t * 160 - 200 + n)]! * Math.sin((Math.PI * n) / 400) ** 2;
        const angle = (2 * Math.PI * ((k * n) % 400)) / 400;
        re += value * Math.cos(angle);
        im -= value * Math.sin(angle);
      }
      power.push(re * re + im * im);
    }
    for (let m = 0; m < MELS; m++) {
      const [low, centre, high] = [edges[m]!, edges[m + 1]!, edges[m + 2]!];
      const energy = power.reduce((sum, value, k) => {
        const hz = k * 40;
        const up = (hz - low) / (centre - low);
        const down = (high - hz) / (high - centre);
        return sum + (Math.max(0, Math.min(up, down)) * 2 * value) / (high - low);
      }, 0);
      logs[m]![t] = Math.log10(Math.max(energy, 1e-10));
    }
  }
  const loudest = Math.max(...logs.map((row) => Math.max(...row)));
  return logs.map((row) => row.map((value) => (Math.max(value, loudest - 8) + 4) / 4));
}

/** Two tones and noise, fading. */
function sound(length: number, seed: number): Float32Array {
  const random = seeded(seed);
  return Float32Array.from({ length }, (_, i) => {
    const tones = 0.3 * Math.sin(i * 0.2) + 0.2 * Math.sin(i * 1.1);
    return (1 - i / length) * (tones + 0.05 * (random() - 0.5));
  });
}

describe('LogMel', () => {
  it.each([
    [3200, 20],
    [3200, 40],
    [2999, 33],
    [150, 7],
  ])('is the reference for %i samples in %i frames', (length, frames) => {
    const samples = sound(length, length);
    const mel = new LogMel(MELS).compute(samples, frames);
    const wanted = reference(samples, frames);
    for (let m = 0; m < MELS; m++) {
      for (let t = 0; t < frames; t++)
        expect(mel[m * frames + t], `mel ${m}, frame ${t}`).toBeCloseTo(wanted[m]![t]!, 4);
    }
  });

  it('writes silence as the reference does', () => {
    for (const samples of [new Float32Array(0), new Float32Array(1600)]) {
      const mel = new LogMel(MELS).compute(samples, 12);
      expect(mel).toHaveLength(MELS * 12);
      expect(new Set(mel)).toEqual(new Set([-1.5]));
    }
  });

  it('has as many rows as the model wants', () => {
    expect(new LogMel(128).compute(sound(1600, 1), 10)).toHaveLength(1280);
  });

  it.each([0, -1, 3001, 1.5, NaN])('refuses %d frames', (frames) => {
    expect(() => new LogMel().compute(new Float32Array(10), frames)).toThrow(/frames/);
  });
});
