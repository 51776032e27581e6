import { FailureError, type Failure } from '../../platform/failure.ts';
import { Scope } from '../../platform/scope.ts';
import { partUrl } from './location.ts';
import type { Part } from './manifest.ts';
import { pauseOrOnline } from './pause.ts';
import { RetryPolicy, retryAfterMs, type Trouble } from './retry.ts';

/** A connection that brings nothing for this long is dropped and made anew. */
const IDLE_LIMIT_MS = 20_000;

export interface PartDownload {
  readonly part: Part;
  /** The file it belongs to, for failures. */
  readonly file: string;
  /** Whether the server has been reached at all in this download. */
  readonly reached: () => boolean;
  /** Bytes of this part received so far; falls back to 0 when an attempt has failed. */
  readonly onBytes: (bytes: number) => void;
  readonly signal: AbortSignal | undefined;
}

/**
 * Gets one part, whole and verified. A part is never asked for in pieces, so a server that does not know ranges is as good as
 * any other (F12).
 * @throws FailureError `offline-without-model`, `download-interrupted`, `download-refused` or `download-corrupt`.
 * @throws the signal's reason when it is aborted.
 */
export async function downloadPart(download: PartDownload): Promise<Uint8Array<ArrayBuffer>> {
  const policy = new RetryPolicy();
  for (;;) {
    const outcome = await attempt(download);
    if (outcome instanceof Uint8Array) return outcome;
    download.onBytes(0);
    const reached = download.reached();
    const offline = outcome.name === 'interrupted' && !reached && !navigator.onLine;
    const delayMs = offline ? null : policy.delayAfter(outcome, reached);
    if (delayMs === null) throw new FailureError(failureFrom(outcome, download.file, reached));
    await pauseOrOnline(delayMs, download.signal);
  }
}

function failureFrom(trouble: Trouble, file: string, reached: boolean): Failure {
  switch (trouble.name) {
    case 'interrupted':
      return reached ? { name: 'download-interrupted', file } : { name: 'offline-without-model' };
    case 'busy':
    case 'refused':
      return { name: 'download-refused', file, status: trouble.status };
    case 'corrupt':
      return { name: 'download-corrupt', file };
  }
}

async function attempt(download: PartDownload): Promise<Uint8Array<ArrayBuffer> | Trouble> {
  const { part, signal, onBytes } = download;
  const scope = new Scope();
  const idle = new AbortController();
  let heardMs = performance.now();
  scope.every(1000, () => {
    if (performance.now() - heardMs > IDLE_LIMIT_MS) idle.abort();
  });
  try {
    // `no-store`: what we keep is in the part store; the browser's own cache would keep it a second time, and could hand a
    // broken answer to the next attempt.
    const response = await fetch(partUrl(part.sha256), {
      cache: 'no-store',
      credentials: 'same-origin',
      referrerPolicy: 'no-referrer',
      signal: signal ? AbortSignal.any([signal, idle.signal]) : idle.signal,
    });
    if (response.status !== 200 || response.body === null) {
      await response.body?.cancel();
      return troubleOf(response);
    }
    const reader = response.body.getReader();
    const bytes = new Uint8Array(part.bytes);
    let filled = 0;
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      heardMs = performance.now();
      if (filled + value.byteLength > part.bytes) {
        await reader.cancel();
        return { name: 'corrupt' };
      }
      bytes.set(value, filled);
      onBytes((filled += value.byteLength));
    }
    if (filled !== part.bytes || (await sha256(bytes)) !== part.sha256) return { name: 'corrupt' };
    signal?.throwIfAborted();
    return bytes;
  } catch {
    signal?.throwIfAborted();
    return { name: 'interrupted' };
  } finally {
    scope.dispose();
  }
}

function troubleOf(response: Response): Trouble {
  const { status } = response;
  if (status === 408 || status === 429 || status >= 500) {
    return { name: 'busy', status, retryAfterMs: retryAfterMs(response.headers, Date.now()) };
  }
  return { name: 'refused', status };
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
