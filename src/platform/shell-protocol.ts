/** What the page says to the service worker. Types and names only. */
export type ShellMessage =
  /** Take over now, from the old version. Only sent while no tab records. */
  | { readonly type: 'take-over' }
  /** Look whether every file of the shell is kept, fetch what is missing, and answer on the port with {@link ShellReport}. */
  | { readonly type: 'verify' };

export interface ShellReport {
  readonly complete: boolean;
}

/** File name of the service worker, beside `index.html`. */
export const SERVICE_WORKER = 'service-worker.js';
