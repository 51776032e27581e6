import { fingerprint } from '../../library/fingerprint.ts';
import { openRecording } from '../../library/recordings.ts';
import { mayRead, pickFiles, type OpenedFile } from '../../platform/opened-files.ts';
import type { Failure } from '../../platform/failure.ts';

/** Where a job's sound comes from. */
export interface Source {
  /** `null` after a reload, until the browser lets it be read. */
  readonly file: File | null;
  readonly handle: FileSystemFileHandle | null;
  /** `null` until it has been taken. */
  readonly fingerprint: string | null;
  /** The session whose recording it is, if it is no file: that one is always at hand. */
  readonly recording: string | null;
}

/** The files behind the jobs: in memory, behind a handle, or to be asked for and known again by their fingerprint. */
export class Sources {
  readonly #all = new Map<string, Source>();

  get(id: string): Source | null {
    return this.#all.get(id) ?? null;
  }

  set(id: string, source: Source): void {
    this.#all.set(id, source);
  }

  remove(id: string): void {
    this.#all.delete(id);
  }

  /** What the browser gave then can no longer be read. */
  forget(id: string): void {
    this.#change(id, { file: null });
  }

  /** Takes the file's fingerprint, so that it is known when it is given again. */
  async identify(id: string): Promise<void> {
    const file = this.get(id)?.file;
    const print = file ? await fingerprint(file).catch(() => null) : null;
    if (print !== null) this.#change(id, { fingerprint: print });
  }

  /** The file, if it may be read without asking and is the one it was; `null` when it has to be asked for; else why not. */
  async open(id: string): Promise<Blob | Failure | null> {
    const source = this.get(id);
    if (source?.recording) return (await openRecording(source.recording))?.toWav() ?? { name: 'file-missing' };
    if (source === null || source.file !== null || source.handle === null) return source?.file ?? null;
    try {
      const file = await source.handle.getFile();
      if (!(await isSame(source, file))) return { name: 'file-changed' };
      this.#change(id, { file });
      return file;
    } catch (error) {
      return error instanceof DOMException && error.name === 'NotFoundError' ? { name: 'file-missing' } : null;
    }
  }

  /**
   * Sees to it that the file can be read, asking for a permission or for the file itself where that takes it: call it from a press.
   * @returns `given`, `refused` by the person, or that they gave `another` file.
   */
  async ask(id: string): Promise<'given' | 'refused' | 'another'> {
    const source = this.get(id);
    if (source === null) return 'refused';
    if (source.file !== null || source.recording !== null) return 'given';
    const given = (await readAgain(source.handle)) ?? (await pickFiles())[0];
    if (given === undefined) return 'refused';
    if (!(await isSame(source, given.file))) return 'another';
    this.give(id, given);
    return 'given';
  }

  give(id: string, { file, handle }: OpenedFile): void {
    this.#change(id, handle === null ? { file } : { file, handle });
  }

  /** Which of these jobs waits for this very file. */
  async awaiting(file: File, ids: readonly string[]): Promise<string | null> {
    const waiting = ids.filter((id) => this.get(id)?.file === null && this.get(id)?.recording === null);
    if (waiting.length === 0) return null;
    const print = await fingerprint(file).catch(() => null);
    return waiting.find((id) => this.get(id)?.fingerprint === print) ?? null;
  }

  #change(id: string, change: Partial<Source>): void {
    const source = this.#all.get(id);
    if (source !== undefined) this.#all.set(id, { ...source, ...change });
  }
}

const isSame = async (source: Source, file: File): Promise<boolean> =>
  source.fingerprint === null || (await fingerprint(file).catch(() => null)) === source.fingerprint;

/** The file behind a handle, if the person lets it be read and it is still there. */
async function readAgain(handle: FileSystemFileHandle | null): Promise<OpenedFile | null> {
  if (handle === null || !(await mayRead(handle, true))) return null;
  const file = await handle.getFile().catch(() => null);
  return file && { file, handle };
}
