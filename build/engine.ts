import type { Plugin } from 'vite';

/**
 * transformers.js brings the whole inference engine for the sake of its tokenizers, in the build with WebGPU. It gets the one that
 * every worker has anyhow; ours alone decides when the other is loaded (`src/recognizer/engine-gpu.ts`).
 */
export function enginePlugin(): Plugin {
  return {
    name: 'sotto:engine',
    enforce: 'pre',
    resolveId: {
      filter: { id: /^onnxruntime-web\/webgpu$/ },
      handler(source, importer) {
        const wanted = importer?.includes('@huggingface/transformers') === true ? 'onnxruntime-web/wasm' : source;
        return this.resolve(wanted, importer, { skipSelf: true });
      },
    },
  };
}
