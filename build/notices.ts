import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

interface Shipped {
  readonly name: string;
  /** Folder of the npm package that carries the licence text; `null` where the text is said here. */
  readonly folder: string | null;
  readonly note: string;
}

/** What reaches the browser besides our own code. */
const SHIPPED: readonly Shipped[] = [
  { name: 'Svelte', folder: 'svelte', note: 'MIT' },
  { name: 'Comlink', folder: 'comlink', note: 'Apache-2.0' },
  { name: 'Transformers.js', folder: '@huggingface/transformers', note: 'Apache-2.0' },
  { name: 'ONNX Runtime Web', folder: 'onnxruntime-common', note: 'MIT, Microsoft Corporation' },
  {
    name: 'Mediabunny',
    folder: 'mediabunny',
    note: 'MPL-2.0, unchanged; source: https://github.com/Vanilagy/mediabunny',
  },
  { name: 'idb', folder: 'idb', note: 'ISC' },
  { name: 'client-zip', folder: 'client-zip', note: 'MIT' },
  { name: 'unzipit', folder: 'unzipit', note: 'MIT' },
  { name: 'hash-wasm', folder: 'hash-wasm', note: 'MIT' },
  { name: 'Workbox', folder: 'workbox-precaching', note: 'MIT, Google LLC' },
  {
    name: 'Silero VAD, as packed by vad-web',
    folder: '@ricky0123/vad-web',
    note: 'model MIT, Silero Team; package ISC',
  },
  { name: 'Literata', folder: '@fontsource/literata', note: 'SIL Open Font License 1.1' },
  { name: 'Inter', folder: '@fontsource-variable/inter', note: 'SIL Open Font License 1.1' },
  {
    name: 'Whisper models',
    folder: null,
    note: 'Weights by OpenAI (MIT), as ONNX by Xenova (Apache-2.0); graphs rebuilt by Sotto, weights unchanged.',
  },
];

/** Writes `notices.txt` beside the app: the licences of everything it ships. */
export function noticesPlugin(): Plugin {
  return {
    name: 'sotto-notices',
    apply: 'build',
    generateBundle() {
      const source = SHIPPED.map(({ name, folder, note }) =>
        [name, note, folder === null ? '' : licenceOf(folder)].filter(Boolean).join('\n\n'),
      ).join(`\n\n${'─'.repeat(72)}\n\n`);
      this.emitFile({ type: 'asset', fileName: 'notices.txt', source: `${source}\n` });
    },
  };
}

function licenceOf(name: string): string {
  const folder = `node_modules/${name}`;
  if (!existsSync(folder)) throw new Error(`${name} is not installed, its licence cannot be shipped`);
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  return file === undefined ? '' : readFileSync(`${folder}/${file}`, 'utf8').trim();
}
