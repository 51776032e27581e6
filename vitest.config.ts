import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { CHROMIUM_ARGS, FAKE_MICROPHONE_ARGS, installedBrowser } from './build/browser.ts';

const transformers = new URL('./node_modules/@huggingface/transformers/dist/transformers.web.js', import.meta.url);
const executablePath = installedBrowser();

const APP_TEST = {
  environment: 'node',
  globalSetup: ['tests/support/built-app.ts'],
  testTimeout: 180_000,
  hookTimeout: 120_000,
};

/** Tests of the built app in which hardly anybody speaks: they mostly wait, and can do so side by side. */
const WITHOUT_SPEECH = ['document', 'offline-app', 'offline-platform', 'packages', 'packages-storage'].map(
  (name) => `tests/app/${name}.test.ts`,
);

/** Three runtimes; their projects run one after another, so that nothing disturbs what measures time. */
export default defineConfig({
  test: {
    projects: [
      {
        plugins: [svelte()],
        // Its build for node wants native packages; the one that ships runs here as well.
        resolve: { alias: { '@huggingface/transformers': fileURLToPath(transformers) } },
        test: {
          name: 'unit',
          environment: 'node',
          include: ['tests/unit/**/*.test.ts'],
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: './vite.config.ts',
        server: {
          headers: {
            'Cross-Origin-Opener-Policy': 'same-origin',
            'Cross-Origin-Embedder-Policy': 'require-corp',
          },
        },
        // Found late, in a worker, they would make Vite reload the page in the middle of a test.
        optimizeDeps: {
          entries: ['src/main.ts', 'workers/*.worker.ts', 'tests/browser/*.test.ts'],
          include: ['onnxruntime-web/webgpu', 'virtua/svelte'],
        },
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          testTimeout: 30_000,
          hookTimeout: 30_000,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
          browser: {
            enabled: true,
            headless: true,
            ui: false,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                ...(executablePath ? { executablePath } : {}),
                args: [...CHROMIUM_ARGS, ...FAKE_MICROPHONE_ARGS],
              },
              contextOptions: { permissions: ['microphone'] },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      {
        test: {
          ...APP_TEST,
          name: 'app',
          include: ['tests/app/**/*.test.ts'],
          exclude: WITHOUT_SPEECH,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          ...APP_TEST,
          name: 'app, side by side',
          include: WITHOUT_SPEECH,
          maxWorkers: 2,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
