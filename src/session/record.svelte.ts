import { samplesToMs } from '../audio/units.ts';
import type { Language } from '../recognizer/languages.ts';
import type { PassTiming, RecordingPlace, SpeechEvent, WhisperEvent } from '../recognizer/protocol.ts';
import { LiveReplacements, type Replacements } from '../transcript/replacements.ts';
import { apply, EMPTY_TRANSCRIPT, isEmpty, merge, type Transcript } from '../transcript/transcript.ts';
import { Drain } from './drain.ts';
import { transcriptEvent, type SessionKeeper, type Written } from './keeper.ts';
import type { Level, SessionState } from './state.ts';

type Measured = Extract<SpeechEvent, { type: 'level' | 'captured' | 'backlog' }>;
type Read = Extract<WhisperEvent, { type: 'pass-finished' }>;

const SILENT: Level = { peak: 0, rms: 0, speaking: false };

/**
 * What has been heard and written, as the recogniser's events tell it. Holds the transcript over several sessions: each one's
 * samples are moved behind those of the last.
 */
export class SessionRecord {
  readonly #keeper: SessionKeeper;
  readonly #replacements: LiveReplacements<Written>;
  #transcript = $state.raw<Transcript>(EMPTY_TRANSCRIPT);
  #cleared = $state.raw<Transcript | null>(null);
  #elapsedMs = $state(0);
  #level = $state.raw<Level>(SILENT);
  #pendingMs = $state(0);
  #readMs = $state(0);
  #drain = $state.raw<SessionState['drain']>(null);
  #detectedLanguage = $state<Language | null>(null);

  readonly #timings: PassTiming[] = [];
  #draining: Drain | null = null;
  /** Where this session's samples lie in the transcript. */
  #offsetSamples = 0;
  #sampleCount = 0;
  #captured = false;
  #place: RecordingPlace | null = null;

  /**
   * @param keeper keeps what is written on disk.
   * @param replacing what is replaced in it, as the person has it now.
   */
  constructor(keeper: SessionKeeper, replacing: () => Replacements) {
    this.#keeper = keeper;
    this.#replacements = new LiveReplacements(replacing);
  }

  /** The session in the library, and where in it this recording begins; `null` before the first one. */
  get place(): RecordingPlace | null {
    return this.#place;
  }
  get transcript(): Transcript {
    return this.#transcript;
  }
  get canUndoClear(): boolean {
    return this.#cleared !== null;
  }
  get elapsedMs(): number {
    return this.#elapsedMs;
  }
  get level(): Level {
    return this.#level;
  }
  get pendingMs(): number {
    return this.#pendingMs;
  }
  /** Age of the oldest speech that no pass has read yet. */
  get lagMs(): number {
    return Math.min(this.#pendingMs, Math.max(0, this.#elapsedMs - this.#readMs));
  }
  get drain(): SessionState['drain'] {
    return this.#drain;
  }
  get detectedLanguage(): Language | null {
    return this.#detectedLanguage;
  }
  /** Passes of this session so far. */
  get timings(): readonly PassTiming[] {
    return this.#timings;
  }
  /** Everything that was said is here, and none of it waits for a final pass. */
  get complete(): boolean {
    return this.#captured && this.#pendingMs === 0;
  }

  /** A new session begins: nothing of it has been heard. */
  begin(): void {
    this.#place = this.#keeper.begin(!isEmpty(this.#transcript));
    this.#offsetSamples =
      isEmpty(this.#transcript) && this.#cleared === null ? 0 : this.#offsetSamples + this.#sampleCount;
    this.#timings.length = 0;
    this.#draining = null;
    this.#captured = false;
    this.#sampleCount = 0;
    this.#elapsedMs = 0;
    this.#pendingMs = 0;
    this.#readMs = 0;
    this.#drain = null;
  }

  /** The session is over: nothing more will come. @param failed it was ended by a failure. */
  settle(failed: boolean): void {
    for (const event of this.#replacements.settle()) this.#write(event);
    // One that drained is whole, even where the last count of what is pending is still on its way: it comes from another thread.
    this.#keeper.end({ sampleCount: this.#sampleCount, complete: !failed || this.complete, failed });
    this.#transcript = apply(this.#transcript, { type: 'settled' });
    this.#pendingMs = 0;
    this.#drain = null;
    this.silence();
  }

  /** Nothing listens. */
  silence(): void {
    this.#level = SILENT;
  }

  measure(event: Measured, listening: boolean): void {
    switch (event.type) {
      case 'level':
        if (listening) this.#level = { peak: event.peak, rms: event.rms, speaking: event.speaking };
        return this.#reach(Math.max(this.#sampleCount, event.sampleIndex));
      case 'captured':
        this.#captured = true;
        return this.#reach(event.sampleCount);
      case 'backlog':
        this.#pendingMs = samplesToMs(event.pendingSamples);
        return;
    }
  }

  write(event: Written): void {
    this.#write(this.#replacements.write(`${event.epoch}.${event.utterance}`, event));
  }

  #write(event: Written): void {
    this.#keeper.write(event, this.#sampleCount);
    this.#transcript = apply(this.#transcript, transcriptEvent(event, this.#offsetSamples));
  }

  hearLanguage(language: Language): void {
    this.#detectedLanguage = language;
  }

  time({ endSample, timing }: Read): void {
    this.#readMs = Math.max(this.#readMs, samplesToMs(endSample));
    this.#timings.push(timing);
    this.#draining?.observe(timing);
  }

  /** Says how far the catching up after Stop has come. */
  followDrain(): void {
    if (!this.#captured) return;
    this.#draining ??= new Drain(this.#pendingMs, this.#timings);
    this.#drain = this.#draining.at(this.#pendingMs);
  }

  clear(): void {
    if (isEmpty(this.#transcript)) return;
    this.#cleared = this.#transcript;
    this.#transcript = EMPTY_TRANSCRIPT;
  }

  /** @param over nothing more will come for the words that were tentative when they were cleared. */
  undoClear(over: boolean): void {
    if (this.#cleared === null) return;
    const whole = merge(this.#cleared, this.#transcript);
    this.#transcript = over ? apply(whole, { type: 'settled' }) : whole;
    this.#cleared = null;
  }

  #reach(sampleCount: number): void {
    this.#sampleCount = sampleCount;
    this.#elapsedMs = samplesToMs(sampleCount);
  }
}
