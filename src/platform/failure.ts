/**
 * Everything that is expected to go wrong, as values: named, cloneable, recognised by `name` on any thread.
 * The words people read for each are made in the view (`src/view/messages`), per language; nothing here is shown as it is.
 */
export type Failure =
  // The page
  | { readonly name: 'isolation-missing'; readonly cause: 'headers' | 'insecure-context' | 'unsupported' }
  | { readonly name: 'worker-crashed'; readonly worker: 'speech' | 'detector' | 'whisper'; readonly detail: string }
  // Models and the engine
  | { readonly name: 'offline-without-model' }
  | { readonly name: 'download-interrupted'; readonly file: string }
  | { readonly name: 'download-refused'; readonly file: string; readonly status: number }
  | { readonly name: 'download-corrupt'; readonly file: string }
  | { readonly name: 'storage-full'; readonly neededBytes: number; readonly freeBytes: number | null }
  | { readonly name: 'storage-unavailable' }
  | { readonly name: 'out-of-memory'; readonly model: string }
  | { readonly name: 'engine-failed'; readonly detail: string }
  // Capture
  | { readonly name: 'microphone-denied' }
  | { readonly name: 'microphone-dismissed' }
  | { readonly name: 'microphone-missing' }
  | { readonly name: 'microphone-busy' }
  | { readonly name: 'microphone-lost' }
  | { readonly name: 'capture-failed'; readonly detail: string }
  // Files
  | { readonly name: 'not-audio'; readonly reason: 'empty' | 'unknown' | 'damaged' }
  | { readonly name: 'no-audio-track' }
  /** `codec`: as people who know about codecs call it. */
  | { readonly name: 'codec-unsupported'; readonly codec: string }
  /** Its header says what cannot be (F40). */
  | { readonly name: 'file-refused'; readonly channels: number; readonly sampleRate: number }
  | { readonly name: 'decoding-failed'; readonly detail: string }
  | { readonly name: 'decoder-stalled' }
  /** It is no longer the file that was opened. */
  | { readonly name: 'file-changed' }
  | { readonly name: 'file-missing' }
  // Brought back
  | { readonly name: 'transcript-unreadable'; readonly reason: 'not-a-transcript' | 'damaged' | 'newer-version' }
  | { readonly name: 'backup-unreadable'; readonly reason: 'not-a-backup' | 'damaged' | 'newer-version' }
  | { readonly name: 'backup-too-large'; readonly neededBytes: number; readonly freeBytes: number }
  | { readonly name: 'backup-interrupted'; readonly detail: string };

export type FailureName = Failure['name'];

/** Carries a {@link Failure} through code that throws. Recognised by its `name`, never by `instanceof` across threads. */
export class FailureError extends Error {
  override readonly name = 'FailureError';
  constructor(readonly failure: Failure) {
    super(failure.name);
  }
}

/** The failure an error carries, or `null` when the error is none of the expected ones. */
export function failureOf(error: unknown): Failure | null {
  if (typeof error !== 'object' || error === null) return null;
  const { name, failure } = error as { name?: unknown; failure?: unknown };
  return name === 'FailureError' && typeof failure === 'object' ? (failure as Failure) : null;
}

/** What an error says of itself, for logs and for the `detail` of a failure. */
export function describeError(error: unknown): string {
  if (error instanceof Error) return `${error.name}: ${error.message}`;
  return String(error);
}
