import { RUNTIME_DOMAIN, type GraphBuilder } from './builder.ts';
import { ElementType, type Attribute } from './onnx.ts';
import { tensorOf } from './tensor.ts';

interface Quantised {
  readonly elementType: number;
  readonly weights: Uint8Array;
  /** One value for the whole tensor, or one per column. */
  readonly scale: Float32Array;
  /** As stored: octets of `elementType`; as many as there are scales. */
  readonly zeroPoint: Uint8Array;
}

/** The 8-bit weights of a linear layer, `rows` in by `columns` out: weight = (stored − zero point) × scale. */
export interface Product extends Quantised {
  readonly rows: number;
  readonly columns: number;
  readonly bias: Float32Array | undefined;
}

/** The 8-bit weights of a convolution along time, [out, in, width], with one scale for all. */
export interface Convolution extends Quantised {
  readonly dims: readonly number[];
  readonly bias: Float32Array;
  readonly attributes: readonly Attribute[];
}

/**
 * Several layers of one input as one layer with their outputs side by side, each column keeping its own scale. The input is
 * then quantised once, and one large product keeps two threads busier than three small ones.
 */
export function sideBySide(products: readonly Product[]): Product {
  const [first] = products;
  if (first === undefined) throw new RangeError('sideBySide: no products');
  const { rows, elementType } = first;
  if (products.some((product) => product.rows !== rows || product.elementType !== elementType)) {
    throw new Error('Products of different inputs or element types cannot stand side by side');
  }
  const columns = products.reduce((sum, product) => sum + product.columns, 0);
  const weights = new Uint8Array(rows * columns);
  const scale = new Float32Array(columns);
  const zeroPoint = new Uint8Array(columns);
  const bias = new Float32Array(columns);
  let left = 0;
  for (const product of products) {
    for (let row = 0; row < rows; row++) {
      const source = product.weights.subarray(row * product.columns, (row + 1) * product.columns);
      weights.set(source, row * columns + left);
    }
    scale.set(perColumn(product.scale, product.columns), left);
    zeroPoint.set(perColumn(product.zeroPoint, product.columns), left);
    if (product.bias !== undefined) bias.set(product.bias, left);
    left += product.columns;
  }
  return { elementType, rows, columns, weights, scale, zeroPoint, bias };
}

const perColumn = (values: Float32Array | Uint8Array, columns: number): Iterable<number> & ArrayLike<number> =>
  values.length === 1 ? new Array<number>(columns).fill(values[0] ?? 0) : values;

/** The same layer with outputs multiplied by `factor`. */
export const scaled = (product: Product, factor: number): Product => ({
  ...product,
  scale: product.scale.map((value) => value * factor),
  bias: product.bias?.map((value) => value * factor),
});

/** The names of a product's tensors in a graph; an empty name is an absent one. */
export interface StoredProduct {
  readonly weights: string;
  readonly scale: string;
  readonly zeroPoint: string;
  readonly bias: string;
}

/** Adds the tensors of a product as they are stored. One scale for all has no extents, as ONNX has it. */
export function storeProduct(graph: GraphBuilder, name: string, product: Product): StoredProduct {
  const { bias, rows, columns } = product;
  return {
    ...storeWeights(graph, name, product, [rows, columns]),
    bias: bias === undefined ? '' : graph.floats(`${name}.bias`, [columns], bias),
  };
}

/**
 * Adds `x` × weights + bias.
 *
 * The export spells an 8-bit product in six nodes; ONNX Runtime has one operator for it, which quantises `x` per tensor (one
 * scale for all positions and channels) and multiplies integers.
 *
 * @param float Whether to multiply in float32 instead. The weights stay 8-bit in the file and become float32 when the session
 *   is made: the runtime folds Cast, Sub and Mul of constants, while it would leave a DequantizeLinear to every run.
 */
export function addProduct(
  graph: GraphBuilder,
  name: string,
  x: string,
  stored: StoredProduct,
  float: boolean,
): string {
  if (!float) {
    const inputs = [x, stored.weights, stored.scale, stored.zeroPoint, stored.bias];
    return graph.node('DynamicQuantizeMatMul', name, inputs, { domain: RUNTIME_DOMAIN });
  }
  const weights = addFloatWeights(graph, stored);
  if (stored.bias === '') return graph.node('MatMul', name, [x, weights]);
  return graph.node('Add', name, [graph.node('MatMul', `${name}/product`, [x, weights]), stored.bias]);
}

/** Adds a convolution along time of `x` [1, in, frames] with its bias; `float` as for {@link addProduct}. */
export function addConvolution(
  graph: GraphBuilder,
  name: string,
  x: string,
  convolution: Convolution,
  float: boolean,
): string {
  const attributes = Object.fromEntries(
    convolution.attributes.map(({ name: key, i, ints }) => [key, i ?? ints] as const),
  );
  const channels = convolution.bias.length;
  const stored = storeWeights(graph, name, convolution, convolution.dims);
  if (float) {
    const bias = graph.floats(`${name}.bias`, [channels], convolution.bias);
    return graph.node('Conv', name, [x, addFloatWeights(graph, stored), bias], { attributes });
  }
  const [quantised, scale, zeroPoint] = [`${name}/quantised`, `${name}/scale`, `${name}/zero_point`] as const;
  graph.nodes('DynamicQuantizeLinear', [quantised, scale, zeroPoint], [x]);
  const inputs = [quantised, stored.weights, zeroPoint, stored.zeroPoint];
  const sums = graph.node('ConvInteger', `${name}/sums`, inputs, { attributes });
  const unscaled = graph.node('Cast', `${name}/unscaled`, [sums], { attributes: { to: ElementType.float32 } });
  const scales = graph.node('Mul', `${name}/scales`, [scale, stored.scale]);
  const product = graph.node('Mul', `${name}/product`, [unscaled, scales]);
  return graph.node('Add', name, [product, graph.floats(`${name}.bias`, [1, channels, 1], convolution.bias)]);
}

type StoredWeights = Omit<StoredProduct, 'bias'>;

function storeWeights(
  graph: GraphBuilder,
  name: string,
  { elementType, weights, scale, zeroPoint }: Quantised,
  dims: readonly number[],
): StoredWeights {
  const type = elementType === ElementType.int8 ? ElementType.int8 : ElementType.uint8;
  const extents = scale.length === 1 ? [] : [scale.length];
  return {
    weights: graph.constant(tensorOf(`${name}.weight`, type, dims, weights)),
    scale: graph.floats(`${name}.weight_scale`, extents, scale),
    zeroPoint: graph.constant(tensorOf(`${name}.weight_zero_point`, type, extents, zeroPoint)),
  };
}

function addFloatWeights(graph: GraphBuilder, stored: StoredWeights): string {
  const toFloat = { attributes: { to: ElementType.float32 } };
  const weights = graph.node('Cast', `${stored.weights}/float`, [stored.weights], toFloat);
  const zeroPoint = graph.node('Cast', `${stored.zeroPoint}/float`, [stored.zeroPoint], toFloat);
  const centred = graph.node('Sub', `${stored.weights}/centred`, [weights, zeroPoint]);
  return graph.node('Mul', `${stored.weights}/scaled`, [centred, stored.scale]);
}
