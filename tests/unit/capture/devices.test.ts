import { describe, expect, it } from 'vitest';
import { findMicrophone } from '../../../src/capture/devices.ts';
import { microphoneFailure } from '../../../src/capture/failures.ts';

const microphones = [
  { id: 'a', label: 'Built-in' },
  { id: 'b', label: 'Headset' },
];

describe('F23 the chosen microphone', () => {
  it('is found by id, then by name', () => {
    expect(findMicrophone(microphones, { id: 'b', label: 'Renamed' })).toBe('b');
    expect(findMicrophone(microphones, { id: 'of the last visit', label: 'Headset' })).toBe('b');
  });

  it('is asked for by its id while names are hidden', () => {
    expect(findMicrophone([{ id: '', label: null }], { id: 'b', label: 'Headset' })).toBe('b');
  });

  it('is the default when none was chosen', () => {
    expect(findMicrophone(microphones, null)).toBe(null);
  });
});

describe('F22 and F23 what getUserMedia throws', () => {
  it.each([
    ['NotAllowedError', 'denied', 'microphone-denied'],
    ['NotAllowedError', null, 'microphone-denied'],
    ['NotAllowedError', 'prompt', 'microphone-dismissed'],
    ['SecurityError', null, 'microphone-denied'],
    ['NotFoundError', 'granted', 'microphone-missing'],
    ['OverconstrainedError', 'granted', 'microphone-missing'],
    ['NotReadableError', 'granted', 'microphone-busy'],
    ['AbortError', 'granted', 'microphone-busy'],
    ['TypeError', null, 'capture-failed'],
  ] as const)('%s with permission %s is %s', (name, permission, failure) => {
    expect(microphoneFailure(new DOMException('', name), permission).name).toBe(failure);
  });

  it('is named even when it is no error at all', () => {
    expect(microphoneFailure(null, null)).toEqual({ name: 'capture-failed', detail: 'null' });
  });
});
