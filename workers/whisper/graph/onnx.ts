/**
 * The messages of an ONNX file that a Whisper export uses. Field numbers are those of onnx.proto; documentation strings,
 * metadata and training information are left out.
 */
import {
  type Codec,
  type Fields,
  bytes,
  defaulted,
  float,
  int64,
  message,
  optional,
  readMessage,
  repeated,
  string,
  Writer,
  writeMessage,
} from './wire.ts';

/** `TensorProto.DataType`, the element types met here. */
export const ElementType = { float32: 1, uint8: 2, int8: 3, int32: 6, int64: 7, bool: 9 } as const;
export type ElementType = (typeof ElementType)[keyof typeof ElementType];

export interface Tensor {
  dims: number[];
  elementType: number;
  floatData: number[];
  int32Data: number[];
  int64Data: number[];
  name: string;
  /** Little-endian elements; absent when the values stand in one of the typed lists. */
  rawData: Uint8Array | undefined;
}

/** `AttributeProto.AttributeType`. */
export const AttributeType = { float: 1, int: 2, string: 3, tensor: 4, graph: 5, floats: 6, ints: 7 } as const;

export interface Attribute {
  name: string;
  f: number | undefined;
  i: number | undefined;
  s: Uint8Array | undefined;
  t: Tensor | undefined;
  g: Graph | undefined;
  floats: number[];
  ints: number[];
  type: number | undefined;
}

export interface Node {
  /** Names of values; an empty name is an optional input left out. */
  input: string[];
  output: string[];
  name: string;
  opType: string;
  attribute: Attribute[];
  domain: string;
}

/** A fixed extent, or the name of one that varies. */
export interface Dimension {
  value: number | undefined;
  symbol: string | undefined;
}

export interface Shape {
  dim: Dimension[];
}

export interface TensorType {
  elementType: number;
  shape: Shape | undefined;
}

export interface Type {
  tensor: TensorType | undefined;
}

export interface ValueInfo {
  name: string;
  type: Type | undefined;
}

export interface Graph {
  node: Node[];
  name: string;
  initializer: Tensor[];
  input: ValueInfo[];
  output: ValueInfo[];
  valueInfo: ValueInfo[];
}

export interface OperatorSet {
  domain: string;
  version: number;
}

export interface Model {
  irVersion: number;
  producerName: string;
  graph: Graph | undefined;
  operatorSet: OperatorSet[];
}

const tensor: Codec<Tensor> = message<Tensor>(() => ({
  dims: repeated(1, int64),
  elementType: defaulted(2, int64, 0),
  floatData: repeated(4, float, true),
  int32Data: repeated(5, int64, true),
  int64Data: repeated(7, int64, true),
  name: defaulted(8, string, ''),
  rawData: optional(9, bytes),
}));

const attribute: Codec<Attribute> = message<Attribute>(() => ({
  name: defaulted(1, string, ''),
  f: optional(2, float),
  i: optional(3, int64),
  s: optional(4, bytes),
  t: optional(5, tensor),
  g: optional(6, graph),
  floats: repeated(7, float),
  ints: repeated(8, int64),
  type: optional(20, int64),
}));

const node: Codec<Node> = message<Node>(() => ({
  input: repeated(1, string),
  output: repeated(2, string),
  name: defaulted(3, string, ''),
  opType: defaulted(4, string, ''),
  attribute: repeated(5, attribute),
  domain: defaulted(7, string, ''),
}));

const dimension = message<Dimension>(() => ({ value: optional(1, int64), symbol: optional(2, string) }));
const shape = message<Shape>(() => ({ dim: repeated(1, dimension) }));
const tensorType = message<TensorType>(() => ({ elementType: defaulted(1, int64, 0), shape: optional(2, shape) }));
const type = message<Type>(() => ({ tensor: optional(1, tensorType) }));
const valueInfo = message<ValueInfo>(() => ({ name: defaulted(1, string, ''), type: optional(2, type) }));

const graph: Codec<Graph> = message<Graph>(() => ({
  node: repeated(1, node),
  name: defaulted(2, string, ''),
  initializer: repeated(5, tensor),
  input: repeated(11, valueInfo),
  output: repeated(12, valueInfo),
  valueInfo: repeated(13, valueInfo),
}));

const operatorSet = message<OperatorSet>(() => ({ domain: defaulted(1, string, ''), version: defaulted(2, int64, 0) }));

const model: Fields<Model> = {
  irVersion: defaulted(1, int64, 0),
  producerName: defaulted(2, string, ''),
  graph: optional(7, graph),
  operatorSet: repeated(8, operatorSet),
};

/** Reads an ONNX file. Tensors stay views of `file`. @throws {RangeError} when it is not a protobuf message. */
export const decodeModel = (file: Uint8Array): Model => readMessage<Model>(model, file);

/** Writes an ONNX file: the same model gives the same bytes. */
export function encodeModel(value: Model): Uint8Array {
  const writer = new Writer();
  writeMessage<Model>(model, writer, value);
  return writer.finish();
}
