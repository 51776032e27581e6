import type { Graph, Node, Tensor } from './onnx.ts';
import type { Convolution, Product } from './product.ts';
import { floatsOf, octetsOf } from './tensor.ts';

/** Scale and shift of a layer normalisation. */
export interface Normalisation {
  readonly scale: Tensor;
  readonly shift: Tensor;
  readonly epsilon: number;
}

/**
 * The weights of one exported graph, found by the module paths that the exporter leaves in node names
 * (`/layers.0/self_attn/q_proj/MatMul_quant`). Tensors themselves bear numbers (`onnx::MatMul_1204`), so the nodes lead to them.
 * Every lookup throws an `Error` that names what it missed.
 */
export class ExportedGraph {
  readonly #title: string;
  readonly #nodes = new Map<string, Node>();
  readonly #tensors = new Map<string, Tensor>();

  /**
   * @param title Which graph this is, for error messages.
   * @param graphs The graph and, for a branch, the graphs whose tensors it sees.
   */
  constructor(title: string, ...graphs: Graph[]) {
    this.#title = title;
    for (const graph of graphs) {
      for (const node of graph.node) this.#nodes.set(node.name, node);
      for (const tensor of graph.initializer) this.#tensors.set(tensor.name, tensor);
    }
  }

  /** A parameter by its name in the model; merging two exports into one graph appended `_merged_0` to some. */
  tensor(name: string): Tensor {
    const tensor = this.#tensors.get(name) ?? this.#tensors.get(`${name}_merged_0`);
    if (tensor === undefined) throw this.#missed(`tensor ${name}`);
    return tensor;
  }

  /**
   * A linear layer: DynamicQuantizeLinear → MatMulInteger → Cast → Mul by both scales → Add the bias.
   *
   * @param bias Whether the layer has one: Whisper's key projections have none.
   */
  product(path: string, bias = true): Product {
    const quantised = this.#quantised(`${path}/MatMul_quant`, 'MatMulInteger');
    const [rows, columns] = quantised.weights.dims;
    if (rows === undefined || columns === undefined) throw this.#missed(`a matrix at ${path}`);
    return {
      elementType: quantised.weights.elementType,
      rows,
      columns,
      weights: octetsOf(quantised.weights),
      scale: quantised.scale,
      zeroPoint: quantised.zeroPoint,
      bias: bias ? floatsOf(this.#operand(`${path}/Add`, 'Add')) : undefined,
    };
  }

  /** A convolution along time: like a product, with its bias added after a reshape. */
  convolution(path: string): Convolution {
    const node = this.#node(`${path}/Conv_quant`, 'ConvInteger');
    const quantised = this.#quantised(node.name, 'ConvInteger');
    if (quantised.scale.length !== 1) throw this.#missed(`single scale for the weights of ${path}`);
    return {
      elementType: quantised.weights.elementType,
      dims: quantised.weights.dims,
      weights: octetsOf(quantised.weights),
      scale: quantised.scale,
      zeroPoint: quantised.zeroPoint,
      bias: floatsOf(this.tensor(`${path.slice(1)}.bias`)),
      attributes: node.attribute,
    };
  }

  /** A layer normalisation, exported as nine elementary nodes. */
  normalisation(path: string): Normalisation {
    const added = this.#node(`${path}/Constant_1`, 'Constant').attribute.find(({ name }) => name === 'value')?.t;
    const epsilon = added === undefined ? undefined : floatsOf(added)[0];
    if (epsilon === undefined) throw this.#missed(`the epsilon of ${path}`);
    return {
      scale: this.#operand(`${path}/Mul`, 'Mul'),
      shift: this.#operand(`${path}/Add_1`, 'Add'),
      epsilon,
    };
  }

  #quantised(name: string, opType: string): { weights: Tensor; scale: Float32Array; zeroPoint: Uint8Array } {
    const [, weights, , zeroPoint] = this.#node(name, opType).input;
    const [, scale] = this.#node(`${name}_scales_mul`, 'Mul').input;
    if (weights === undefined || zeroPoint === undefined || scale === undefined) {
      throw this.#missed(`weights, zero point and scale of ${name}`);
    }
    return {
      weights: this.tensor(weights),
      scale: floatsOf(this.tensor(scale)),
      zeroPoint: octetsOf(this.tensor(zeroPoint)),
    };
  }

  /** The one input of a node that is a parameter. */
  #operand(name: string, opType: string): Tensor {
    const inputs = this.#node(name, opType).input;
    const found = inputs.map((input) => this.#tensors.get(input)).find((tensor) => tensor !== undefined);
    if (found === undefined) throw this.#missed(`a parameter among the inputs of ${name}`);
    return found;
  }

  #node(name: string, opType: string): Node {
    const node = this.#nodes.get(name);
    if (node?.opType !== opType) throw this.#missed(`${opType} node ${name}`);
    return node;
  }

  #missed(what: string): Error {
    return new Error(`The exported ${this.#title} has no ${what}: it is not an export this preparation knows`);
  }
}
