/** Whether this is what the browser throws when the device, or our share of it, is full. */
export const isQuotaExceeded = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && (error as { name?: unknown }).name === 'QuotaExceededError';
