/** Tensors of an ONNX file as typed arrays, and back. */
import { ElementType, type Tensor } from './onnx.ts';

/** The elements of a float32 tensor. @throws {Error} when it is of another type. */
export function floatsOf(tensor: Tensor): Float32Array {
  if (tensor.elementType !== ElementType.float32) throw wrongType(tensor, 'float32');
  if (tensor.rawData === undefined) return Float32Array.from(tensor.floatData);
  return new Float32Array(alignedCopy(tensor.rawData));
}

/** The elements of an 8-bit tensor as they stand in memory, signed or not. @throws {Error} when it is of another type. */
export function octetsOf(tensor: Tensor): Uint8Array {
  if (tensor.elementType !== ElementType.int8 && tensor.elementType !== ElementType.uint8) {
    throw wrongType(tensor, 'int8 or uint8');
  }
  return tensor.rawData ?? Uint8Array.from(tensor.int32Data);
}

export function tensorOf(
  name: string,
  elementType: ElementType,
  dims: readonly number[],
  elements: Uint8Array | Float32Array | BigInt64Array,
): Tensor {
  const rawData = new Uint8Array(elements.buffer, elements.byteOffset, elements.byteLength);
  return { name, elementType, dims: [...dims], rawData, floatData: [], int32Data: [], int64Data: [] };
}

const alignedCopy = (bytes: Uint8Array): ArrayBuffer => Uint8Array.from(bytes).buffer;

const wrongType = (tensor: Tensor, wanted: string): Error =>
  new Error(`Tensor ${tensor.name} has element type ${tensor.elementType}, not ${wanted}`);
