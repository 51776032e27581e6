import { describe, expect, it } from 'vitest';
import { decodeModel, encodeModel, type Model } from '../../../workers/whisper/graph/onnx.ts';

const model: Model = {
  irVersion: 9,
  producerName: 'test',
  operatorSet: [{ domain: '', version: 20 }],
  graph: {
    name: 'small',
    node: [
      {
        input: ['x', '', 'w'],
        output: ['y'],
        name: 'n',
        opType: 'Op',
        domain: 'com.microsoft',
        attribute: [
          {
            name: 'axis',
            f: undefined,
            i: -1,
            s: undefined,
            t: undefined,
            g: undefined,
            floats: [],
            ints: [],
            type: 2,
          },
          {
            name: 'epsilon',
            f: 0.5,
            i: undefined,
            s: undefined,
            t: undefined,
            g: undefined,
            floats: [],
            ints: [],
            type: 1,
          },
          {
            name: 'perm',
            f: undefined,
            i: undefined,
            s: undefined,
            t: undefined,
            g: undefined,
            floats: [],
            ints: [0, 2, 1],
            type: 7,
          },
        ],
      },
    ],
    initializer: [
      {
        name: 'w',
        dims: [2, 300],
        elementType: 1,
        floatData: [0.25, -1.5],
        int32Data: [-128, 127],
        int64Data: [2 ** 40],
        rawData: Uint8Array.of(1, 2, 3, 255),
      },
    ],
    input: [
      {
        name: 'x',
        type: {
          tensor: {
            elementType: 1,
            shape: {
              dim: [
                { value: 1, symbol: undefined },
                { value: undefined, symbol: 'frames' },
              ],
            },
          },
        },
      },
    ],
    output: [{ name: 'y', type: undefined }],
    valueInfo: [],
  },
};

describe('ONNX files', () => {
  it('come back as they were written', () => {
    expect(decodeModel(encodeModel(model))).toEqual(model);
  });

  it('are the same bytes every time', () => {
    expect(encodeModel(decodeModel(encodeModel(model)))).toEqual(encodeModel(model));
  });

  it('may hold fields we do not know, which are left out', () => {
    const file = encodeModel(model);
    const metadata = [(14 << 3) | 2, 2, 104, 105];
    expect(decodeModel(Uint8Array.from([...metadata, ...file, 5 << 3, 129, 1]))).toEqual(model);
  });

  it('may hold numbers packed or one by one', () => {
    const dims = (bytes: number[]): number[] | undefined => {
      const tensor = [(5 << 3) | 2, bytes.length, ...bytes];
      return decodeModel(Uint8Array.from([(7 << 3) | 2, tensor.length, ...tensor])).graph?.initializer[0]?.dims;
    };
    expect(dims([1 << 3, 4, 1 << 3, 5])).toEqual([4, 5]);
    expect(dims([(1 << 3) | 2, 2, 4, 5])).toEqual([4, 5]);
  });

  it('that end early are refused', () => {
    const file = encodeModel(model);
    expect(() => decodeModel(file.subarray(0, file.length - 3))).toThrow(RangeError);
  });
});
