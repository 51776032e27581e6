import type { RecordingPlace, WhisperEvent } from '../recognizer/protocol.ts';
import type { TranscriptEvent } from '../transcript/transcript.ts';
import { moveWords } from '../transcript/word.ts';

/** Times are sample indices from the session's start. */
export type Written = Extract<WhisperEvent, { readonly type: 'words' }>;

/** What is written, as it changes a transcript in which its session begins at `offsetSamples`. */
export function transcriptEvent(
  event: Written,
  offsetSamples: number,
): Extract<TranscriptEvent, { readonly type: 'words' }> {
  const [first] = [...event.committed, ...event.tentative];
  return {
    ...event,
    segment: `${event.epoch}.${event.utterance}`,
    startSample: offsetSamples + (first?.startSample ?? 0),
    restatedFrom: event.restatedFrom === null ? null : offsetSamples + event.restatedFrom,
    committed: moveWords(event.committed, offsetSamples),
    tentative: moveWords(event.tentative, offsetSamples),
  };
}

/** How a session ended. */
export interface Ending {
  /** Captured in all. */
  readonly sampleCount: number;
  /** All that was captured was heard; if there are no words, there were none. */
  readonly complete: boolean;
  /** A thread was lost, or nothing could be captured at all. */
  readonly failed: boolean;
}

/** Where a recording's text is kept while it is made. Nothing waits for it, and it never throws. */
export interface SessionKeeper {
  /**
   * A recording begins.
   * @param continued behind the text that is on the page: it is one session with the one before.
   * @returns the session's id, which names its recording as well, and where in it this recording begins.
   */
  begin(continued: boolean): RecordingPlace;
  /** @param sampleCount captured so far. */
  write(event: Written, sampleCount: number): void;
  end(ending: Ending): void;
}
