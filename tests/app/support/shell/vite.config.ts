import { env } from 'node:process';
import { defineConfig } from 'vite';
import { pwa } from '../../../../build/pwa.ts';

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  publicDir: '../../../../public',
  plugins: [pwa()],
  worker: { format: 'es' },
  build: { target: 'es2022' },
  define: { __VERSION__: JSON.stringify(env['SHELL_VERSION'] ?? '1') },
});
