import * as ort from 'onnxruntime-web/webgpu';
import asyncifyGlueUrl from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url';
import jspiGlueUrl from 'onnxruntime-web/ort-wasm-simd-threaded.jspi.mjs?url';
import type { Engine } from './engine.ts';
import type { GpuEngineId } from './packages/manifest.ts';

/** The two builds of the engine with WebGPU: they differ in how WebAssembly waits for a promise. */
interface Build {
  readonly id: GpuEngineId;
  /** Name of the binary in the package. */
  readonly binary: string;
  readonly glueUrl: string;
}

const JSPI: Build = { id: 'engine-jspi', binary: 'ort-wasm-simd-threaded.jspi.wasm', glueUrl: jspiGlueUrl };
const ASYNCIFY: Build = {
  id: 'engine-asyncify',
  binary: 'ort-wasm-simd-threaded.asyncify.wasm',
  glueUrl: asyncifyGlueUrl,
};

/** Smaller and faster where WebAssembly itself can wait (JavaScript Promise Integration), otherwise the one that unwinds. */
export const gpuBuild = (): Build => ('Suspending' in WebAssembly ? JSPI : ASYNCIFY);

/**
 * ONNX Runtime with WebGPU, for one worker. The device is asked for when the first session is made.
 *
 * @param binary bytes of the build's `binary`.
 */
export function openGpuEngine({ glueUrl }: Build, binary: Uint8Array<ArrayBuffer>): Engine {
  const { wasm } = ort.env;
  wasm.wasmBinary = binary.buffer.slice(binary.byteOffset, binary.byteOffset + binary.byteLength);
  wasm.wasmPaths = { mjs: new URL(glueUrl, import.meta.url).href };
  // What is left to the CPU is bookkeeping.
  wasm.numThreads = 1;
  wasm.proxy = false;
  return ort;
}

/** Resolves when the device of the sessions made so far is gone, with what the browser says of it; mostly never. */
export async function gpuLoss(): Promise<string> {
  const device = await ort.env.webgpu.device;
  const { reason, message } = await device.lost;
  return `GPU lost (${reason}): ${message}`;
}
