/** Where published models are taken from. All places carry the same bytes; which one it was makes no difference to the build. */
import { access, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Model, SourceFile } from '../../src/recognizer/models.ts';
import type { ModelSettings } from './settings.ts';

export interface Place {
  /** For messages: what a reader would have to look at. */
  readonly name: string;
  /** Whether this place carries the model at all. A place that does must carry all of it. */
  has(model: Model): Promise<boolean>;
  read(model: Model, file: SourceFile): Promise<Uint8Array<ArrayBuffer>>;
}

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

/** A local folder in the hub's layout: `<folder>/<repository>/<path>`. */
function folderPlace(folder: string): Place {
  return {
    name: folder,
    has: (model) => exists(join(folder, model.repository)),
    read: async (model, file) => new Uint8Array(await readFile(join(folder, model.repository, file.path))),
  };
}

/** The npm data packages that are installed for the project at `root`. */
export function npmPlace(root: string): Place {
  const require = createRequire(join(root, 'package.json'));
  const find = (model: Model): string | null => {
    try {
      return join(dirname(require.resolve(`${model.npm.name}/package.json`)), 'models', model.repository);
    } catch {
      return null;
    }
  };
  return {
    name: 'npm data packages',
    has: (model) => Promise.resolve(find(model) !== null),
    read: async (model, file) => {
      const folder = find(model);
      if (folder === null) throw new Error(`${model.npm.name} is not installed`);
      return new Uint8Array(await readFile(join(folder, file.path)));
    },
  };
}

/** A server in the hub's layout: `<url>/<repository>/resolve/main/<path>`. The hash check makes a revision unnecessary. */
function urlPlace(url: string): Place {
  const base = url.endsWith('/') ? url : `${url}/`;
  const address = (model: Model, file: SourceFile) => new URL(`${model.repository}/resolve/main/${file.path}`, base);
  return {
    name: base,
    has: async (model) => (await ask(address(model, model.files['config.json']), 'HEAD')).ok,
    read: async (model, file) => {
      const from = address(model, file);
      const response = await ask(from, 'GET');
      if (!response.ok) throw new Error(`${from.href}: the server answers ${response.status}`);
      return new Uint8Array(await response.arrayBuffer());
    },
  };
}

const ask = (address: URL, method: 'HEAD' | 'GET'): Promise<Response> =>
  fetch(address, { method }).catch((error: unknown) => {
    throw new Error(`${address.href} cannot be reached`, { cause: error });
  });

/** The places of a build, in the order they are asked. */
export function placesOf(settings: ModelSettings, root: string): Place[] {
  return [
    ...(settings.folder === null ? [] : [folderPlace(settings.folder)]),
    npmPlace(root),
    ...(settings.url === null ? [] : [urlPlace(settings.url)]),
  ];
}
