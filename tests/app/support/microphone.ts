import { join } from 'node:path';
import { FAKE_MICROPHONE_ARGS, microphoneFile } from '../../../build/browser.ts';
import { SAMPLE_RATE } from '../../../src/audio/units.ts';
import { fixture, readWav, upsample, writeWav } from '../../fixtures/wav.ts';

/** The microphone plays at 48 kHz without resampling. */
const UPSAMPLING = 3;

/** A browser's microphone. Chromium reads its file anew whenever a microphone is opened, so one browser can hear many things. */
export class FakeMicrophone {
  /** For the browser. */
  readonly args: readonly string[];
  readonly #path: string;

  /** @param folder where the sound lies. */
  constructor(folder: string) {
    this.#path = join(folder, 'microphone.wav');
    this.args = [...FAKE_MICROPHONE_ARGS, microphoneFile(this.#path)];
    this.hears(0);
  }

  /**
   * What it hears when it is opened next; digital silence follows.
   * @param parts ids of recordings, and pauses in seconds.
   * @returns how long that lasts, in milliseconds, and what is said.
   */
  hears(...parts: readonly (string | number)[]): { readonly durationMs: number; readonly text: string } {
    const sounds = parts.map((part) =>
      typeof part === 'number' ? new Float32Array(part * SAMPLE_RATE) : readWav(fixture(part).path).samples,
    );
    const samples = new Float32Array(sounds.reduce((length, sound) => length + sound.length, 0));
    let length = 0;
    for (const sound of sounds) {
      samples.set(sound, length);
      length += sound.length;
    }
    writeWav(this.#path, upsample({ sampleRate: SAMPLE_RATE, samples }, UPSAMPLING));
    const said = parts.flatMap((part) => (typeof part === 'number' ? [] : [fixture(part).text]));
    return { durationMs: (length * 1000) / SAMPLE_RATE, text: said.filter(Boolean).join(' ') };
  }
}
