import { attributeOf, RUNTIME_DOMAIN } from './builder.ts';
import { decodeModel, ElementType, encodeModel, type Graph, type Node, type Tensor } from './onnx.ts';
import { tensorOf } from './tensor.ts';

/** GPUs read four columns at once where their number allows it; one by one is several times slower. */
const COLUMNS_AT_ONCE = 4;

/**
 * The same prepared graph with every 8-bit product and convolution multiplied in float32, for devices that get 8-bit activations
 * wrong (every GPU we know of). Made on the device when it is needed, so that one download serves both.
 *
 * The weights stay 8-bit in the file and become floats while the session is made (`addProduct` of `product.ts` says why), so it
 * is hardly larger than the file it was made from. A graph that has none is returned as it was.
 *
 * @throws {RangeError} when the file is not ONNX.
 * @throws {Error} when an 8-bit convolution is not spelt as `addConvolution` spells it.
 */
export function withFloatProducts(file: Uint8Array): Uint8Array {
  const model = decodeModel(file);
  if (model.graph === undefined) throw new Error('The file is not an ONNX model');
  return encodeModel({ ...model, graph: new FloatGraph(model.graph).rewritten() });
}

/** A product by its tensors' names. */
interface UnevenProduct {
  readonly weights: string;
  /** One for all columns, as the zero point. */
  readonly scale: string;
  readonly zeroPoint: string;
  readonly columns: number;
}

class FloatGraph {
  readonly #graph: Graph;
  readonly #producers: ReadonlyMap<string, Node>;
  /** Values made already: weights that two nodes read become floats once. */
  readonly #made: Set<string>;
  /** Nodes that stood around an 8-bit convolution. */
  readonly #dropped = new Set<Node>();
  /** Constants that padding needs. */
  readonly #constants: Tensor[] = [];

  constructor(graph: Graph) {
    this.#graph = graph;
    this.#producers = new Map(graph.node.flatMap((node) => node.output.map((name) => [name, node] as const)));
    this.#made = new Set(this.#producers.keys());
  }

  rewritten(): Graph {
    const nodes = this.#graph.node.flatMap((node) => {
      if (node.opType === 'DynamicQuantizeMatMul' && node.domain === RUNTIME_DOMAIN) return this.#product(node);
      if (node.opType === 'ConvInteger') return this.#convolution(node);
      return [node];
    });
    return {
      ...this.#graph,
      node: nodes.filter((node) => !this.#dropped.has(node)),
      initializer: [...this.#graph.initializer, ...this.#constants],
    };
  }

  #product({ input, output }: Node): Node[] {
    const [x = '', weights = '', scale = '', zeroPoint = '', bias = ''] = input;
    const [name = ''] = output;
    const columns = this.#unevenColumns(weights, scale);
    if (columns !== null && bias === '') return this.#paddedProduct(name, x, { weights, scale, zeroPoint, columns });
    const product = bias === '' ? name : `${name}/product`;
    const floats = this.#floats(weights, scale, zeroPoint);
    const nodes = [...floats.nodes, node('MatMul', product, [x, floats.name])];
    return bias === '' ? nodes : [...nodes, node('Add', name, [product, bias])];
  }

  /** The vocabulary has an uneven number of columns: the product is made with a few more, which are cut off. */
  #paddedProduct(name: string, x: string, { weights, scale, zeroPoint, columns }: UnevenProduct): Node[] {
    const padding = COLUMNS_AT_ONCE - (columns % COLUMNS_AT_ONCE);
    const padded = node('Pad', `${weights}/padded`, [
      weights,
      this.#integers(`${weights}/padding`, [0, 0, 0, padding]),
    ]);
    const floats = this.#floats(padded.name, scale, zeroPoint);
    const integers = (what: string, value: number): string => this.#integers(`${name}/${what}`, [value]);
    const cut = [`${name}/padded`, integers('first', 0), integers('end', columns), integers('axis', -1)];
    const product = node('MatMul', `${name}/padded`, [x, floats.name]);
    return [padded, ...floats.nodes, product, node('Slice', name, cut)];
  }

  /** How many columns weights with one scale for all have, if that is no multiple of what is read at once. */
  #unevenColumns(weights: string, scale: string): number | null {
    const dimsOf = (tensor: string) => this.#graph.initializer.find(({ name }) => name === tensor)?.dims ?? [];
    const columns = dimsOf(weights).at(-1) ?? 0;
    return columns % COLUMNS_AT_ONCE === 0 || dimsOf(scale).length > 0 ? null : columns;
  }

  #integers(name: string, values: readonly number[]): string {
    this.#constants.push(tensorOf(name, ElementType.int64, [values.length], BigInt64Array.from(values, BigInt)));
    return name;
  }

  /** Quantised input × weights → Cast → × both scales: the bias is added after that, and stays as it is. */
  #convolution(convolution: Node): Node[] {
    const [quantised = '', weights = '', , zeroPoint = ''] = convolution.input;
    const quantise = this.#producer(quantised, 'DynamicQuantizeLinear');
    const cast = this.#consumer(convolution, 'Cast');
    const product = this.#consumer(cast, 'Mul');
    const scales = this.#producer(product.input[1] ?? '', 'Mul');
    for (const old of [quantise, cast, product, scales]) this.#dropped.add(old);
    const floats = this.#floats(weights, scales.input[1] ?? '', zeroPoint);
    const inputs = [quantise.input[0] ?? '', floats.name];
    return [...floats.nodes, { ...node('Conv', product.output[0] ?? '', inputs), attribute: convolution.attribute }];
  }

  /** (weights − zero point) × scale, all constant: the runtime folds it. */
  #floats(weights: string, scale: string, zeroPoint: string): { name: string; nodes: Node[] } {
    const name = `${weights}/scaled`;
    if (this.#made.has(name)) return { name, nodes: [] };
    this.#made.add(name);
    const toFloat = [attributeOf('to', ElementType.float32)];
    const nodes = [
      { ...node('Cast', `${weights}/float`, [weights]), attribute: toFloat },
      { ...node('Cast', `${zeroPoint}/float`, [zeroPoint]), attribute: toFloat },
      node('Sub', `${weights}/centred`, [`${weights}/float`, `${zeroPoint}/float`]),
      node('Mul', name, [`${weights}/centred`, scale]),
    ];
    return { name, nodes };
  }

  #producer(value: string, opType: string): Node {
    const found = this.#producers.get(value);
    if (found?.opType !== opType) throw new Error(`${value} is not made by a ${opType}`);
    return found;
  }

  #consumer({ output }: Node, opType: string): Node {
    const found = this.#graph.node.find((other) => other.input[0] === output[0]);
    if (found?.opType !== opType) throw new Error(`${output[0] ?? ''} is not read by a ${opType}`);
    return found;
  }
}

const node = (opType: string, name: string, input: string[]): Node => ({
  opType,
  name,
  input,
  output: [name],
  attribute: [],
  domain: '',
});
