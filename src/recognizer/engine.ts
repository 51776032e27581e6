import * as ort from 'onnxruntime-web/wasm';
import glueUrl from 'onnxruntime-web/ort-wasm-simd-threaded.mjs?url';

export type Engine = typeof ort;
export type Session = ort.InferenceSession;

/** Name of the inference engine's binary in the package `engine`. */
export const ENGINE_BINARY = 'ort-wasm-simd-threaded.wasm';

/**
 * ONNX Runtime on WebAssembly, for one worker. The binary comes from the verified package store; only the small script that
 * starts its threads is fetched by address, from our own origin.
 * @param binary bytes of {@link ENGINE_BINARY}.
 * @param threads WASM threads, 1 or more.
 */
export function openEngine(binary: Uint8Array<ArrayBuffer>, threads: number): Engine {
  const { wasm } = ort.env;
  wasm.wasmBinary = binary.buffer.slice(binary.byteOffset, binary.byteOffset + binary.byteLength);
  wasm.wasmPaths = { mjs: new URL(glueUrl, import.meta.url).href };
  wasm.numThreads = threads;
  // A proxy would be a second worker inside ours.
  wasm.proxy = false;
  return ort;
}
