import {
  AttributeType,
  ElementType,
  encodeModel,
  type Attribute,
  type Node,
  type Tensor,
  type ValueInfo,
} from './onnx.ts';
import { tensorOf } from './tensor.ts';

/** ONNX operators as of opset 20 (LayerNormalization, Gelu), beside ONNX Runtime's own. */
const OPERATOR_SET = 20;
const IR_VERSION = 9;
/** The domain of the operators that ONNX Runtime adds to the standard. */
export const RUNTIME_DOMAIN = 'com.microsoft';

/** An attribute's value: integers by default; a real number says so. */
export type AttributeValue = number | readonly number[] | { readonly real: number };

export interface NodeOptions {
  readonly attributes?: Readonly<Record<string, AttributeValue>>;
  readonly domain?: string;
}

const emptyAttribute = (name: string): Attribute => ({
  name,
  f: undefined,
  i: undefined,
  s: undefined,
  t: undefined,
  g: undefined,
  floats: [],
  ints: [],
  type: undefined,
});

export function attributeOf(name: string, value: AttributeValue): Attribute {
  if (typeof value === 'number') return { ...emptyAttribute(name), i: value, type: AttributeType.int };
  if ('real' in value) return { ...emptyAttribute(name), f: value.real, type: AttributeType.float };
  return { ...emptyAttribute(name), ints: [...value], type: AttributeType.ints };
}

const valueInfo = (name: string, elementType: ElementType, dims: readonly (number | string)[]): ValueInfo => {
  const dim = dims.map((extent) =>
    typeof extent === 'number' ? { value: extent, symbol: undefined } : { value: undefined, symbol: extent },
  );
  return { name, type: { tensor: { elementType, shape: { dim } } } };
};

/**
 * A graph under construction. Values are known by name, a node's first output bears the node's name, and nodes are added in
 * execution order, so what comes out needs neither sorting nor pruning.
 */
export class GraphBuilder {
  readonly #name: string;
  readonly #nodes: Node[] = [];
  readonly #tensors = new Map<string, Tensor>();
  readonly #inputs: ValueInfo[] = [];
  readonly #outputs: ValueInfo[] = [];
  readonly #known = new Set<string>();

  constructor(name: string) {
    this.#name = name;
  }

  input(name: string, elementType: ElementType, dims: readonly (number | string)[]): string {
    this.#inputs.push(valueInfo(name, elementType, dims));
    return this.#declare(name);
  }

  /** Declares a value already made to be an output. */
  output(name: string, elementType: ElementType, dims: readonly (number | string)[]): void {
    this.#require(name, `output of ${this.#name}`);
    this.#outputs.push(valueInfo(name, elementType, dims));
  }

  /** A constant; the same name must mean the same tensor. */
  constant(tensor: Tensor): string {
    const before = this.#tensors.get(tensor.name);
    if (before === undefined) this.#tensors.set(this.#declare(tensor.name), tensor);
    else if (before !== tensor) throw new Error(`Two tensors named ${tensor.name}`);
    return tensor.name;
  }

  floats(name: string, dims: readonly number[], values: Float32Array): string {
    return this.constant(tensorOf(name, ElementType.float32, dims, values));
  }

  /** A vector of 64-bit integers, shared by all who ask for the same one. */
  integers(...values: readonly number[]): string {
    return this.#shared(`integers ${values.join(' ')}`, [values.length], values);
  }

  /** One 64-bit integer without extents. */
  integer(value: number): string {
    return this.#shared(`integer ${value}`, [], [value]);
  }

  /** Adds a node with one output and returns the output's name, which is `name`. */
  node(opType: string, name: string, inputs: readonly string[], options: NodeOptions = {}): string {
    this.nodes(opType, [name], inputs, options);
    return name;
  }

  /** Adds a node with the named outputs. */
  nodes(opType: string, outputs: readonly string[], inputs: readonly string[], options: NodeOptions = {}): void {
    for (const input of inputs) if (input !== '') this.#require(input, `input of ${opType} ${outputs.join(', ')}`);
    for (const output of outputs) this.#declare(output);
    this.#nodes.push({
      opType,
      name: outputs[0] ?? '',
      input: [...inputs],
      output: [...outputs],
      attribute: Object.entries(options.attributes ?? {}).map(([name, value]) => attributeOf(name, value)),
      domain: options.domain ?? '',
    });
  }

  /** The file. The same calls give the same bytes. */
  encode(): Uint8Array {
    return encodeModel({
      irVersion: IR_VERSION,
      producerName: 'sotto',
      operatorSet: [
        { domain: '', version: OPERATOR_SET },
        { domain: RUNTIME_DOMAIN, version: 1 },
      ],
      graph: {
        name: this.#name,
        node: this.#nodes,
        initializer: [...this.#tensors.values()],
        input: this.#inputs,
        output: this.#outputs,
        valueInfo: [],
      },
    });
  }

  #shared(name: string, dims: readonly number[], values: readonly number[]): string {
    const before = this.#tensors.get(name);
    return before?.name ?? this.constant(tensorOf(name, ElementType.int64, dims, BigInt64Array.from(values, BigInt)));
  }

  #declare(name: string): string {
    if (this.#known.has(name)) throw new Error(`Two values named ${name} in ${this.#name}`);
    this.#known.add(name);
    return name;
  }

  #require(name: string, as: string): void {
    if (!this.#known.has(name)) throw new Error(`No value named ${name}, wanted as ${as}`);
  }
}
