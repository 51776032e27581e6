import { InferenceSession, Tensor, env } from 'onnxruntime-web';

env.wasm.numThreads = 1;
env.logLevel = 'error';

export type Values = Record<string, Tensor>;

/** A session on the engine that the app ships, in this process. */
export const openSession = (file: Uint8Array): Promise<InferenceSession> =>
  InferenceSession.create(file, { executionProviders: ['wasm'] });

export const floats = (dims: readonly number[], values: Iterable<number>): Tensor =>
  new Tensor('float32', Float32Array.from(values), dims);

export const integers = (dims: readonly number[], values: readonly number[]): Tensor =>
  new Tensor('int64', BigInt64Array.from(values, BigInt), dims);

export function valueOf(values: Values, name: string): Tensor {
  const value = values[name];
  if (value === undefined) throw new Error(`The run returned nothing named ${name}`);
  return value;
}

/** The numbers of a float32 result. */
export function numbersOf(values: Values, name: string): Float32Array {
  const { data } = valueOf(values, name);
  if (!(data instanceof Float32Array)) throw new Error(`${name} is not float32`);
  return data;
}

/** Cosine of the angle between two vectors of equal length: one when they point the same way. */
export function cosine(a: Float32Array, b: Float32Array): number {
  let [ab, aa, bb] = [0, 0, 0];
  for (const [index, x] of a.entries()) {
    const y = b[index] ?? Number.NaN;
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return ab / Math.sqrt(aa * bb);
}
