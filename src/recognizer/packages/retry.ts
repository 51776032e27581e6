/** Why a part did not arrive. */
export type Trouble =
  /** The network broke, or nothing came for a while. */
  | { readonly name: 'interrupted' }
  /** 429, 408 or a server error. `retryAfterMs` is what the server asked for. */
  | { readonly name: 'busy'; readonly status: number; readonly retryAfterMs: number | null }
  /** Any other status but 200. */
  | { readonly name: 'refused'; readonly status: number }
  /** Status 200, and not the part: wrong length, wrong hash, a captive portal's page. */
  | { readonly name: 'corrupt' };

/** How often one part may meet each trouble before the download gives up. */
const LIMITS: Readonly<Record<Trouble['name'], number>> = { interrupted: 9, busy: 9, refused: 3, corrupt: 2 };

/** Before anything has arrived, a server that cannot be reached is given up sooner: someone waits to be told. */
const UNREACHED_LIMIT = 4;

const FIRST_DELAY_MS = 500;
const MAX_DELAY_MS = 15_000;
/** A server may ask for patience, but not for so much that the app looks dead. */
const MAX_RETRY_AFTER_MS = 120_000;

/** Decides, for one part, whether to try again and after how long. */
export class RetryPolicy {
  readonly #counts = new Map<Trouble['name'], number>();

  /** @param reached whether this download has received anything yet.
   *  @returns milliseconds to wait before the next attempt, or `null` to give up. */
  delayAfter(trouble: Trouble, reached: boolean): number | null {
    const count = (this.#counts.get(trouble.name) ?? 0) + 1;
    this.#counts.set(trouble.name, count);
    const limit = trouble.name === 'interrupted' && !reached ? UNREACHED_LIMIT : LIMITS[trouble.name];
    if (count >= limit) return null;
    if (trouble.name === 'corrupt') return 0;
    const backOffMs = Math.min(FIRST_DELAY_MS * 2 ** (count - 1), MAX_DELAY_MS);
    return trouble.name === 'busy' ? (trouble.retryAfterMs ?? backOffMs) : backOffMs;
  }
}

/**
 * What a `Retry-After` header asks for, in milliseconds, at most two minutes; `null` when there is none or it makes no sense.
 * A date is measured against the server's own clock where it tells it, because this device's may be wrong by years (F9).
 */
export function retryAfterMs(headers: Headers, nowMs: number): number | null {
  const value = headers.get('Retry-After')?.trim();
  if (value === undefined || value === '') return null;
  const date = Date.parse(headers.get('Date') ?? '');
  const askedMs = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - (Number.isNaN(date) ? nowMs : date);
  return Number.isNaN(askedMs) ? null : Math.min(Math.max(askedMs, 0), MAX_RETRY_AFTER_MS);
}
