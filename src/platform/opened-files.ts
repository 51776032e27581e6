/** A file that a person has given to the page. */
export interface OpenedFile {
  readonly file: File;
  /** With it the file can be read again after a reload; `null` where the browser has none to give. */
  readonly handle: FileSystemFileHandle | null;
}

/** What is missing in TypeScript's own DOM types: Chromium alone has these. */
interface HandleGivers {
  showOpenFilePicker?(options: {
    readonly multiple: boolean;
    readonly types: readonly { readonly accept: Readonly<Record<string, readonly string[]>> }[];
  }): Promise<FileSystemFileHandle[]>;
}
interface HandleItem {
  getAsFileSystemHandle?(): Promise<FileSystemHandle | null>;
}
interface Askable {
  queryPermission?(descriptor: { readonly mode: 'read' }): Promise<PermissionState>;
  requestPermission?(descriptor: { readonly mode: 'read' }): Promise<PermissionState>;
}

/** Asks the person for files. Empty when they change their mind. Call it from a press: browsers want to see one. */
export async function pickFiles(): Promise<OpenedFile[]> {
  const { showOpenFilePicker } = globalThis as HandleGivers;
  if (showOpenFilePicker === undefined) return askByInput();
  try {
    const types = [{ accept: { 'audio/*': [], 'video/*': [] } }];
    const handles = await showOpenFilePicker.call(globalThis, { multiple: true, types });
    return await Promise.all(handles.map(async (handle) => ({ file: await handle.getFile(), handle })));
  } catch (error) {
    // Any other name: the picker exists and is not allowed here (a frame, a policy).
    return error instanceof DOMException && error.name === 'AbortError' ? [] : askByInput();
  }
}

function askByInput(): Promise<OpenedFile[]> {
  const input = document.createElement('input');
  input.type = 'file';
  input.multiple = true;
  input.accept = 'audio/*,video/*';
  return new Promise((resolve) => {
    input.onchange = () => resolve(withoutHandles(input.files));
    input.oncancel = () => resolve([]);
    input.click();
  });
}

/** Whether what is dragged or pasted has files in it; only a drop may look at them. */
export const carriesFiles = (transfer: DataTransfer | null): boolean => transfer?.types.includes('Files') === true;

/** The files of a drop or a paste. Folders are left out. Call it in the event itself: the transfer is empty after it. */
export async function filesOf(transfer: DataTransfer): Promise<OpenedFile[]> {
  const items = [...transfer.items].filter(({ kind }) => kind === 'file');
  const taken = items.map((item) => ({
    file: item.getAsFile(),
    handle: (item as HandleItem).getAsFileSystemHandle?.().catch(() => null) ?? Promise.resolve(null),
  }));
  const files: OpenedFile[] = [];
  for (const { file, handle } of taken) {
    const found = await handle;
    if (file !== null && found?.kind !== 'directory')
      files.push({ file, handle: found as FileSystemFileHandle | null });
  }
  return files;
}

/** @returns whether the file may be read now. @param ask whether the person may be asked, which takes a press. */
export async function mayRead(handle: FileSystemFileHandle, ask: boolean): Promise<boolean> {
  const askable = handle as Askable;
  if ((await askable.queryPermission?.({ mode: 'read' })) === 'granted') return true;
  return ask && (await askable.requestPermission?.({ mode: 'read' }).catch(() => 'denied' as const)) === 'granted';
}

const withoutHandles = (files: FileList | null): OpenedFile[] =>
  [...(files ?? [])].map((file) => ({ file, handle: null }));
