import { recordingLock } from '../../audio/recording/places.ts';
import { samplesToMs } from '../../audio/units.ts';
import type { LibraryChange } from '../../library/library-channel.ts';
import type { VersionOrigin } from '../../library/records.ts';
import { openRecording, removeRecording } from '../../library/recordings.ts';
import { holdRecordingLock } from '../../platform/recording-lock.ts';
import type { Scope } from '../../platform/scope.ts';
import { keepAwake } from '../../platform/wake-lock.ts';
import type { RecognizerClient } from '../../recognizer/client.ts';
import type { SpeechEvent, WhisperEvent } from '../../recognizer/protocol.ts';
import type { RunFlag } from '../../recognizer/run-flag.ts';
import type { Replacements } from '../../transcript/replacements.ts';
import { EMPTY_TRANSCRIPT, type Transcript } from '../../transcript/transcript.ts';
import { FileRun, type RunEvent } from '../files/run.ts';
import type { Library } from '../library/library.svelte.ts';
import { findInterrupted, type Interrupted } from './interrupted.ts';
import type { RecoveryOffer, RecoveryPhase, RecoveryState } from './recovery-state.ts';
import { completed, restFrom, withRest } from './rest.ts';

export interface RecoveryOptions {
  readonly scope: Scope;
  readonly flag: RunFlag;
  readonly recognizer: RecognizerClient;
  /** With what a recording that begins now is transcribed. */
  readonly summary: () => VersionOrigin;
  /** Whether sound stays when its text is final. */
  readonly keepAudio: () => boolean;
  /** What is replaced in what is written, as the person has it now. */
  readonly replacing: () => Replacements;
}

interface Running {
  readonly id: string;
  readonly scope: Scope;
  run: FileRun | null;
}

/**
 * Recordings that broke off: what is left of each is written down as a file is, from its sound on disk, behind the text that is there.
 * One at a time, and never while a microphone listens.
 */
export class Recovery implements RecoveryState {
  readonly #options: RecoveryOptions;
  readonly #library: Library;
  #offers = $state.raw<readonly RecoveryOffer[]>([]);
  #recording = false;
  #running: Running | null = null;
  /** Every text is written before the next one is read. */
  #writing: Promise<void> = Promise.resolve();

  constructor(options: RecoveryOptions, library: Library) {
    this.#options = options;
    this.#library = library;
    options.scope.add(library.onChange((change) => this.#follow(change)));
  }

  get offers(): readonly RecoveryOffer[] {
    return this.#offers;
  }
  /** Whether the recogniser is needed here. */
  get working(): boolean {
    return this.#offers.some(({ phase }) => phase === 'transcribing' || phase === 'waiting');
  }

  /** Looks for recordings that broke off. */
  async find(): Promise<void> {
    await this.#add(await this.#broken(), false);
  }

  /** Offers this one on its own page, if it broke off: it was put away, or did so after the start. */
  async offer(id: string): Promise<void> {
    if (this.#offers.some((offer) => offer.id === id)) return;
    const found = await this.#broken();
    await this.#add(
      found.filter(({ record }) => record.id === id),
      true,
    );
  }

  async sound(id: string): Promise<Blob | null> {
    return (await openRecording(id))?.toWav() ?? null;
  }

  transcribe(id: string): void {
    this.#change(id, { phase: 'waiting' });
    this.#next();
  }

  pause(id: string): void {
    if (this.#running?.id === id) this.#end(this.#running);
    this.#change(id, { phase: 'offered' });
    this.#next();
  }

  async discard(id: string): Promise<void> {
    this.pause(id);
    // The last one that was thrown away is the only one that can be had back.
    this.#offers = this.#offers.filter(({ phase }) => phase !== 'discarded');
    this.#change(id, { phase: 'discarded' });
    await this.#library.remove(id);
  }

  async undo(id: string): Promise<void> {
    if (this.#library.removed?.id === id) {
      await this.#library.undoRemove();
      this.#change(id, { phase: 'offered' });
    } else this.#forget(id);
  }

  dismiss(id: string): void {
    this.#change(id, { aside: true });
    this.#offers = this.#offers.filter(({ aside, phase }) => !aside || phase === 'offered' || phase === 'failed');
  }

  /** A microphone listens, or does no more. */
  recording(recording: boolean): void {
    this.#recording = recording;
    const running = this.#running;
    if (recording && running !== null) {
      this.#end(running);
      this.#change(running.id, { phase: 'waiting' });
    }
    this.#next();
  }

  onSpeech(event: SpeechEvent): void {
    this.#running?.run?.onSpeech(event);
  }

  onWhisper(event: WhisperEvent): void {
    this.#running?.run?.onWhisper(event);
  }

  /** What is thrown away in the library, or brought back by another tab, is offered no more. */
  #follow({ id, record, elsewhere }: LibraryChange): void {
    const offer = this.#offers.find((one) => one.id === id);
    if (offer === undefined || offer.phase === 'discarded') return;
    if (record !== null && !(elsewhere && record.state === 'complete')) return;
    this.pause(id);
    this.#forget(id);
  }

  async #broken(): Promise<readonly Interrupted[]> {
    const { summary, keepAudio } = this.#options;
    return (await this.#library.attempt((store) => findInterrupted(store, summary(), keepAudio()))) ?? [];
  }

  async #add(found: readonly Interrupted[], aside: boolean): Promise<void> {
    const offers = await Promise.all(found.map((one) => this.#offer(one, aside)));
    const known = this.#offers;
    this.#offers = [...known, ...offers.filter(({ id }) => !known.some((one) => one.id === id))];
  }

  async #offer({ record, recording }: Interrupted, aside: boolean): Promise<RecoveryOffer> {
    const text = await this.#library.readTranscript(record.id);
    return {
      id: record.id,
      startedAt: record.createdAt,
      opening: record.opening,
      durationMs: samplesToMs(recording.samples),
      positionMs: samplesToMs(restFrom(text ?? EMPTY_TRANSCRIPT, recording.journal)),
      phase: 'offered',
      aside,
    };
  }

  #next(): void {
    if (this.#recording || this.#running !== null) return;
    const next = this.#offers.find(({ phase }) => phase === 'waiting');
    if (next !== undefined) void this.#begin(next.id);
  }

  async #begin(id: string): Promise<void> {
    const running: Running = { id, scope: this.#options.scope.child(), run: null };
    this.#running = running;
    this.#change(id, { phase: 'transcribing' });
    const { scope } = running;
    const ours = await holdAlone(recordingLock(id), scope);
    const recording = ours ? await openRecording(id) : null;
    const text = await this.#library.readTranscript(id);
    if (scope.disposed) return;
    if (recording === null) {
      // Another tab does it, or has thrown it away.
      this.#end(running);
      this.#forget(id);
      this.#next();
      return;
    }
    const fromSample = restFrom(text ?? EMPTY_TRANSCRIPT, recording.journal);
    keepAwake(scope);
    scope.add(holdRecordingLock());
    const { flag, recognizer } = this.#options;
    const onEvent = (event: RunEvent) => this.#onRun(running, event);
    running.run = new FileRun({ scope, flag, recognizer, file: recording.toWav(), fromSample, onEvent });
  }

  #onRun(running: Running, event: RunEvent): void {
    if (this.#running !== running) return;
    const { id } = running;
    switch (event.type) {
      case 'progressed':
        return this.#change(id, { positionMs: samplesToMs(event.sample) });
      case 'written': {
        const committed = this.#options.replacing().apply(event.segment?.committed ?? []);
        const segment = event.segment && { ...event.segment, committed };
        return this.#write(id, (text) => withRest(text, segment, event.resumeSample));
      }
      case 'finished':
        this.#write(id, completed);
        this.#writing = this.#writing.then(() => this.#complete(id));
        return this.#over(running, 'done');
      case 'failed':
        return this.#over(running, 'failed');
      default:
        return;
    }
  }

  /** What a person has changed meanwhile stays changed: the text is read anew each time. */
  #write(id: string, change: (text: Transcript) => Transcript): void {
    this.#writing = this.#writing.then(async () => {
      const record = await this.#library.attempt((store) => store.get(id));
      const text = await this.#library.readTranscript(id);
      if (record !== null) await this.#library.writeTranscript(id, record.version, change(text ?? EMPTY_TRANSCRIPT));
    });
  }

  async #complete(id: string): Promise<void> {
    await this.#library.attempt(async (store) => {
      if (this.#options.keepAudio()) return store.save(id, { state: 'complete' });
      // What is in use just now goes at the next start.
      await removeRecording(id).catch(() => undefined);
      return store.save(id, { state: 'complete', recording: null });
    });
  }

  #over(running: Running, phase: RecoveryPhase): void {
    this.#end(running);
    this.#change(running.id, { phase });
    this.#next();
  }

  #end(running: Running): void {
    running.run?.stop();
    running.scope.dispose();
    this.#running = null;
  }

  #forget(id: string): void {
    this.#offers = this.#offers.filter((offer) => offer.id !== id);
  }

  #change(id: string, change: Partial<RecoveryOffer>): void {
    this.#offers = this.#offers.map((offer) => (offer.id === id ? { ...offer, ...change } : offer));
  }
}

/** Holds a Web Lock until the scope ends. @returns `false` when somebody else has it. */
function holdAlone(name: string, scope: Scope): Promise<boolean> {
  return new Promise((resolve) => {
    const hold = (lock: Lock | null) => {
      resolve(lock !== null);
      return lock === null ? undefined : new Promise<void>((release) => scope.add(release));
    };
    navigator.locks.request(name, { ifAvailable: true }, hold).catch(() => resolve(false));
  });
}
