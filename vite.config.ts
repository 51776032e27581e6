import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defaultClientConditions, defineConfig } from 'vite';
import { enginePlugin } from './build/engine.ts';
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
  plugins: [enginePlugin(), svelte(), ...packages.app, headersPlugin(), pwa(), noticesPlugin(), fileLimitPlugin()],
  resolve: {
    // The inference engine's binaries come from the package store, not from a bundle.
    conditions: ['onnxruntime-web-use-extern-wasm', ...defaultClientConditions],
  },
  worker: { format: 'es', plugins: () => [enginePlugin(), packages.worker()] },
  build: {
    target: 'es2022',
    rolldownOptions: {
      checks: { bundlerTimings: false },
      // What the first paint needs is one file: thirty small ones take longer to fetch and compress worse.
      output: { codeSplitting: { groups: [{ name: 'app', tags: ['$initial'] }] } },
    },
  },
  preview: { port: 4173, strictPort: true },
});
