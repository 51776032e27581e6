import { FailureError } from '../platform/failure.ts';
import { microphoneFailure, microphonePermission } from './failures.ts';

export interface OpenMicrophone {
  readonly stream: MediaStream;
  /** The chosen device is gone or busy: this is the system's default (F23). */
  readonly replaced: boolean;
}

/**
 * Opens the chosen microphone, or the default one.
 * @param deviceId `null` for the system's default.
 * @throws FailureError `microphone-denied`, `-dismissed`, `-missing`, `-busy`, or `capture-failed`.
 */
export async function openMicrophone(deviceId: string | null): Promise<OpenMicrophone> {
  // Undefined outside a secure context.
  if (!('mediaDevices' in navigator)) {
    throw new FailureError({ name: 'capture-failed', detail: 'this page has no access to devices' });
  }
  try {
    if (deviceId === null) return { stream: await getUserMedia(null), replaced: false };
    return await openChosen(deviceId);
  } catch (error) {
    throw new FailureError(microphoneFailure(error, await microphonePermission()));
  }
}

async function openChosen(deviceId: string): Promise<OpenMicrophone> {
  try {
    return { stream: await getUserMedia(deviceId), replaced: false };
  } catch (error) {
    const { name } = microphoneFailure(error, null);
    if (name !== 'microphone-missing' && name !== 'microphone-busy') throw error;
    return { stream: await getUserMedia(null), replaced: true };
  }
}

/**
 * Whisper and Silero learned from raw, noisy sound, and what noise suppression and echo cancellation take away is consonants: both
 * are off (nothing is played here that could echo). Gain control is on, because the detector does hear loudness, and many
 * microphones are set far too low.
 */
function getUserMedia(deviceId: string | null): Promise<MediaStream> {
  return navigator.mediaDevices.getUserMedia({
    audio: {
      ...(deviceId === null ? {} : { deviceId: { exact: deviceId } }),
      channelCount: 1,
      echoCancellation: false,
      noiseSuppression: false,
      autoGainControl: true,
    },
  });
}
