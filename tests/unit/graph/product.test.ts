import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../../../workers/whisper/graph/builder.ts';
import { ElementType } from '../../../workers/whisper/graph/onnx.ts';
import { addProduct, scaled, sideBySide, storeProduct, type Product } from '../../../workers/whisper/graph/product.ts';
import { floats, numbersOf, openSession } from './run.ts';

const first: Product = {
  elementType: ElementType.uint8,
  rows: 3,
  columns: 2,
  weights: Uint8Array.of(130, 120, 140, 100, 90, 255),
  scale: Float32Array.of(0.5),
  zeroPoint: Uint8Array.of(128),
  bias: undefined,
};
const second: Product = {
  ...first,
  columns: 1,
  weights: Uint8Array.of(7, 9, 30),
  scale: Float32Array.of(0.125),
  zeroPoint: Uint8Array.of(10),
  bias: Float32Array.of(2),
};
const input = [1, -2, 3, 0.5, 4, -1];

/** The product in plain arithmetic. */
const expected = ({ rows, columns, weights, scale, zeroPoint, bias }: Product): number[] =>
  [0, 1].flatMap((position) =>
    Array.from({ length: columns }, (_, column) => {
      const pick = (values: Float32Array | Uint8Array): number => values[values.length === 1 ? 0 : column] ?? 0;
      let sum = bias?.[column] ?? 0;
      for (let row = 0; row < rows; row++) {
        const weight = ((weights[row * columns + column] ?? 0) - pick(zeroPoint)) * pick(scale);
        sum += (input[position * rows + row] ?? 0) * weight;
      }
      return sum;
    }),
  );

async function run(product: Product, float: boolean): Promise<Float32Array> {
  const graph = new GraphBuilder('product');
  const x = graph.input('x', ElementType.float32, [1, 2, product.rows]);
  addProduct(graph, 'y', x, storeProduct(graph, 'y', product), float);
  graph.output('y', ElementType.float32, [1, 2, product.columns]);
  const session = await openSession(graph.encode());
  const values = await session.run({ x: floats([1, 2, product.rows], input) });
  await session.release();
  return numbersOf(values, 'y');
}

describe('a product of 8-bit weights', () => {
  it('is exact in float32', async () => {
    for (const product of [first, second]) {
      const got = await run(product, true);
      expected(product).forEach((value, index) => expect(got[index]).toBeCloseTo(value, 4));
    }
  });

  it('is near in integers: the input has 255 levels from lowest to highest', async () => {
    const level = 6 / 255;
    const got = await run(first, false);
    expected(first).forEach((value, index) => expect(Math.abs((got[index] ?? 0) - value)).toBeLessThan(level * 100));
  });

  it('stands beside another, each column with its own scale', async () => {
    const both = sideBySide([first, second]);
    const [a, b] = [expected(first), expected(second)];
    const together = [a[0], a[1], b[0], a[2], a[3], b[1]];
    expect(expected(both)).toEqual(together);
    const got = await run(both, true);
    together.forEach((value, index) => expect(got[index]).toBeCloseTo(value ?? Number.NaN, 4));
  });

  it('can be scaled, bias included', () => {
    expect(expected(scaled(second, 0.125))).toEqual(expected(second).map((value) => value * 0.125));
  });

  it('does not stand beside one of another input', () => {
    expect(() => sideBySide([first, { ...second, rows: 2 }])).toThrow(/side by side/);
  });
});
