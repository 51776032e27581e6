import { samplesToMs } from '../audio/units.ts';
import type { RecordingEvent, SpeechEvent } from '../recognizer/protocol.ts';
import type { Notices } from './notices.svelte.ts';

interface SoundReport {
  readonly notices: Notices;
  readonly say: (text: string) => void;
}

export const isRecordingEvent = (event: SpeechEvent): event is RecordingEvent =>
  event.type === 'recorded' || event.type === 'recording-stopped' || event.type === 'recording-closed';

/** What becomes of the sound of sessions, as it is told: to the log, and to the person where it can no longer be kept. */
export class SessionSound {
  readonly #report: SoundReport;
  /** Of which the log says where its sound goes. */
  #told = 0;

  constructor(report: SoundReport) {
    this.#report = report;
  }

  /** @param epoch of the session that is on the page. */
  onEvent(event: RecordingEvent, epoch: number): void {
    // What is in memory is to be had, whatever has begun since.
    if (event.type === 'recording-closed' && event.memory !== null) void hold(event.id, event.memory);
    if (event.epoch !== epoch) return;
    const { notices, say } = this.#report;
    switch (event.type) {
      case 'recorded':
        if (this.#told === epoch) return;
        this.#told = epoch;
        if (event.place === 'memory') notices.add({ type: 'memory-only' });
        return say(`sound goes to ${event.place}`);
      case 'recording-stopped':
        notices.add({ type: 'recording-stopped', reason: event.reason, sampleCount: event.sampleCount });
        return say(`sound is no longer kept (${event.reason}) after ${Math.round(samplesToMs(event.sampleCount))} ms`);
      case 'recording-closed':
        return;
    }
  }
}

async function hold(id: string, files: { readonly audio: Blob; readonly journal: Blob }): Promise<void> {
  const { holdInMemory } = await import('../library/recordings.ts');
  holdInMemory(id, files);
}
