import { describeError, type Failure } from '../platform/failure.ts';

/**
 * What `getUserMedia` threw, as one of ours (F22, F23).
 * @param permission state of the microphone permission after the throw; `null` where the browser does not tell.
 */
export function microphoneFailure(error: unknown, permission: PermissionState | null): Failure {
  switch (nameOf(error)) {
    case 'NotAllowedError':
    case 'PermissionDeniedError':
    case 'SecurityError':
      // Closing the question is no refusal: the browser will ask again.
      return { name: permission === 'prompt' ? 'microphone-dismissed' : 'microphone-denied' };
    case 'NotFoundError':
    case 'OverconstrainedError':
      return { name: 'microphone-missing' };
    case 'NotReadableError':
    case 'AbortError':
      return { name: 'microphone-busy' };
    default:
      return { name: 'capture-failed', detail: describeError(error) };
  }
}

/** The microphone permission; `null` where the browser does not know that name. */
export async function microphonePermission(): Promise<PermissionState | null> {
  try {
    return (await navigator.permissions.query({ name: 'microphone' })).state;
  } catch {
    return null;
  }
}

function nameOf(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('name' in error)) return null;
  return typeof error.name === 'string' ? error.name : null;
}
