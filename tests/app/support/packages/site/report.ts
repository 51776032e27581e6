import { failureOf, type Failure } from '../../../../../src/platform/failure.ts';
import type { PackageId } from '../../../../../src/recognizer/packages/manifest.ts';
import { obtain, type PackageFiles, type Progress } from '../../../../../src/recognizer/packages/obtain.ts';

/** What came of obtaining a package, in a form that reaches the test. */
export interface Report {
  readonly failure: Failure | null;
  /** Name of an error that is no failure, such as `AbortError`. */
  readonly error: string | null;
  readonly kept: boolean | null;
  /** SHA-256 of each file asked for. */
  readonly hashes: Readonly<Record<string, string>>;
  readonly progress: readonly Progress[];
}

export async function report(id: PackageId, names: readonly string[], signal: AbortSignal): Promise<Report> {
  const progress: Progress[] = [];
  try {
    const files = await obtain(id, { signal, onProgress: (event) => progress.push(event) });
    return { failure: null, error: null, kept: files.kept, hashes: await hashesOf(files, names), progress };
  } catch (error) {
    const failure = failureOf(error);
    const name = failure === null ? (error as Error).name : null;
    return { failure, error: name, kept: null, hashes: {}, progress };
  }
}

async function hashesOf(files: PackageFiles, names: readonly string[]): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {};
  for (const name of names) {
    const digest = await crypto.subtle.digest('SHA-256', await files.bytes(name));
    hashes[name] = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
  }
  return hashes;
}
