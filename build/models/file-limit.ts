import { readdir, stat } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import type { Plugin } from 'vite';

/** What the strictest of the static hosts we name would take, with room to spare. */
const MAX_FILE_BYTES = 20_000_000;

/** Fails the build over a file that some static host would refuse. Comes last among the plugins: it looks at all of the output. */
export function fileLimitPlugin(limitBytes = MAX_FILE_BYTES): Plugin {
  let folder = '';
  return {
    name: 'sotto-file-limit',
    apply: 'build',
    configResolved(config) {
      folder = resolve(config.root, config.build.outDir);
    },
    closeBundle: {
      order: 'post',
      sequential: true,
      async handler() {
        await checkFileSizes(folder, limitBytes);
      },
    },
  };
}

/** @throws Error naming every file below `folder` that is larger than `limitBytes`. */
async function checkFileSizes(folder: string, limitBytes: number): Promise<void> {
  const names = await readdir(folder, { recursive: true });
  const sizes = await Promise.all(names.map(async (name) => ({ name, found: await stat(join(folder, name)) })));
  const large = sizes.filter(({ found }) => found.isFile() && found.size > limitBytes);
  if (large.length === 0) return;
  const list = large.map(({ name, found }) => `${relative('.', join(folder, name))} (${found.size} bytes)`).join(', ');
  throw new Error(`larger than ${limitBytes} bytes, which static hosts refuse: ${list}`);
}
