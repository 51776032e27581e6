import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defaultClientConditions, defineConfig } from 'vite';
import { fileLimitPlugin } from './build/models/file-limit.ts';
import { noticesPlugin } from './build/notices.ts';
import { packagesPlugins } from './build/models/plugin.ts';
import { headersPlugin } from './build/headers-plugin.ts';
import { pwa } from './build/pwa.ts';

const packages = packagesPlugins();

export default defineConfig({
  base: './',
  // One page: an address that is not there is a 404, not the page once more.
  appType: 'mpa',
  plugins: [svelte(), ...packages.app, headersPlugin(), pwa(), noticesPlugin(), fileLimitPlugin()],
  resolve: {
    // One inference engine for everything, the one without WebGPU; its binary comes from the package store, not from a bundle.
    alias: { 'onnxruntime-web/webgpu': 'onnxruntime-web/wasm' },
    conditions: ['onnxruntime-web-use-extern-wasm', ...defaultClientConditions],
  },
  worker: { format: 'es', plugins: () => [packages.worker()] },
  build: { target: 'es2022', rolldownOptions: { checks: { bundlerTimings: false } } },
  preview: { port: 4173, strictPort: true },
});
