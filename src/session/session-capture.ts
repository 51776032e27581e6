import { openCapture, type Capture, type CaptureEvent, type CaptureOptions } from '../capture/capture.ts';
import { describeError, failureOf, type Failure } from '../platform/failure.ts';
import type { RecognizerClient } from '../recognizer/client.ts';
import type { RecordingPlace } from '../recognizer/protocol.ts';
import type { RunFlag } from '../recognizer/run-flag.ts';
import type { Notices } from './notices.svelte.ts';

/** Where sound comes from, and where it goes. */
export interface CaptureSource {
  readonly flag: RunFlag;
  readonly recognizer: RecognizerClient;
  /** What to listen to: the chosen microphone, or a stream that stands in for it. */
  readonly source: () => CaptureOptions['source'];
  /** Name of the microphone that was chosen; `null` for the system's default. */
  readonly wanted: () => string | null;
}

/** Where a capture tells what becomes of it. */
interface CaptureReport {
  readonly notices: Notices;
  readonly say: (text: string) => void;
  /** Nothing listens any more. */
  readonly silence: () => void;
  /** Where the session's sound is kept. */
  readonly place: () => RecordingPlace | null;
}

/** The microphone of a session: one capture at a time, each going on where the last one broke off. */
export class SessionCapture {
  readonly #source: CaptureSource;
  readonly #report: CaptureReport;
  #current: Capture | null = null;

  constructor(source: CaptureSource, report: CaptureReport) {
    this.#source = source;
    this.#report = report;
  }

  /**
   * @returns whether it listens: not when Stop came while the browser asked for permission.
   * @throws FailureError as `openCapture` does.
   */
  async open(epoch: number): Promise<boolean> {
    const { flag, recognizer, source, wanted } = this.#source;
    const { notices, say, place } = this.#report;
    const capture = await openCapture({
      flag,
      epoch,
      source: source(),
      port: recognizer.open(epoch, 'live', place() ?? undefined),
      onEvent: (event) => this.#onEvent(epoch, event),
    });
    if (capture === null) return false;
    if (flag.hasEnded(epoch)) {
      await capture.stop();
      return false;
    }
    // Two taps on resume open two: no microphone stays open that nobody holds.
    void this.#current?.stop();
    this.#current = capture;
    notices.removeType('microphone-lost', 'audio-suspended');
    say(`microphone open: ${capture.sampleRate} Hz`);
    if (capture.replaced) notices.add({ type: 'microphone-replaced', wanted: wanted() ?? '', used: capture.label });
    return true;
  }

  /** Lets suspended audio go on, or opens another capture where that cannot be. */
  async resume(epoch: number): Promise<void> {
    if ((await this.#current?.resume()) === true) return;
    // The microphone was lost, or the audio context with it (iOS): the session goes on with a new one.
    await this.stop();
    try {
      await this.open(epoch);
    } catch (error) {
      this.#report.notices.add({ type: 'failure', failure: captureFailure(error) });
    }
  }

  /** Settles when the microphone is off. */
  async stop(): Promise<void> {
    const capture = this.#current;
    this.#current = null;
    await capture?.stop();
  }

  #onEvent(epoch: number, event: CaptureEvent): void {
    const { notices, say, silence } = this.#report;
    if (this.#source.flag.hasEnded(epoch)) return;
    switch (event.type) {
      case 'lost':
        this.#current = null;
        silence();
        notices.add({ type: 'microphone-lost' });
        return say('microphone lost');
      case 'failed':
        this.#current = null;
        silence();
        notices.add({ type: 'failure', failure: event.failure });
        notices.add({ type: 'microphone-lost' });
        return say(`capture failed: ${event.failure.name}`);
      case 'muted':
        if (event.muted) notices.add({ type: 'no-signal' });
        else notices.removeType('no-signal');
        return say(event.muted ? 'microphone muted' : 'microphone unmuted');
      case 'suspended':
        if (event.suspended) notices.add({ type: 'audio-suspended' });
        else notices.removeType('audio-suspended');
        return say(event.suspended ? 'audio suspended' : 'audio resumed');
    }
  }
}

export function captureFailure(error: unknown): Failure {
  return failureOf(error) ?? { name: 'capture-failed', detail: describeError(error) };
}
