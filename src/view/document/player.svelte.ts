import { untrack } from 'svelte';
import { SAMPLE_RATE, samplesToSeconds } from '../../audio/units.ts';
import type { Scope } from '../../platform/scope.ts';

/** Sound that can be played: on disk, and read from there as it is needed. */
export interface Playable {
  readonly samples: number;
  toWav(): Blob;
}

/** Speeds, as a factor. The pitch of the voice stays. */
export const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.5, 3] as const;
const SKIP_SAMPLES = 5 * SAMPLE_RATE;

/** Plays a recording, never into an open microphone: it would be written down once more. Positions are sample indices at 16 kHz. */
export class Player {
  readonly samples: number;
  readonly #audio = new Audio();
  readonly #listening: () => boolean;
  #playing = $state(false);
  #position = $state(0);
  #speed = $state(1);
  #failed = $state(false);
  #hushed = $state(false);
  #frame = 0;

  /** @param listening reactive: a microphone is open. */
  constructor(recording: Playable, scope: Scope, listening: () => boolean) {
    this.samples = recording.samples;
    this.#listening = listening;
    const hush = $effect.root(() => {
      $effect(() => {
        if (listening()) untrack(() => this.#hush());
        else this.#hushed = false;
      });
    });
    scope.add(hush);
    const audio = this.#audio;
    const url = URL.createObjectURL(recording.toWav());
    audio.preload = 'metadata';
    audio.src = url;
    scope.listen(audio, 'play', () => this.#run());
    scope.listen(audio, 'pause', () => this.#rest());
    scope.listen(audio, 'ended', () => this.#rest());
    scope.listen(audio, 'seeked', () => this.#look());
    scope.listen(audio, 'error', () => (this.#failed = true));
    scope.add(() => {
      cancelAnimationFrame(this.#frame);
      audio.pause();
      audio.removeAttribute('src');
      audio.load();
      URL.revokeObjectURL(url);
    });
  }

  get playing(): boolean {
    return this.#playing;
  }
  /** Read in every frame while it plays. */
  get position(): number {
    return this.#position;
  }
  get speed(): number {
    return this.#speed;
  }
  set speed(speed: number) {
    this.#speed = speed;
    // Setting a source resets the first one, so both.
    this.#audio.defaultPlaybackRate = speed;
    this.#audio.playbackRate = speed;
  }
  /** The sound is gone, or the browser does not play it. */
  get failed(): boolean {
    return this.#failed;
  }

  /** It was to be heard, and a microphone listens. */
  get hushed(): boolean {
    return this.#hushed;
  }

  /** One that has reached its end begins anew. A browser that wants a tap first leaves it as it is. */
  play(): void {
    this.#hushed = this.#listening();
    if (this.#hushed) return;
    if (this.#position >= this.samples - 1) this.seek(0);
    this.#audio.play().catch(() => undefined);
  }

  pause(): void {
    this.#audio.pause();
  }

  toggle(): void {
    if (this.#playing) this.pause();
    else this.play();
  }

  seek(sample: number): void {
    this.#position = Math.round(Math.min(this.samples, Math.max(0, sample)));
    this.#audio.currentTime = samplesToSeconds(this.#position);
  }

  /** Five seconds back or forth. */
  skip(by: -1 | 1): void {
    this.seek(this.#position + by * SKIP_SAMPLES);
  }

  /** To the next speed. */
  changeSpeed(by: -1 | 1): void {
    const at = SPEEDS.findIndex((speed) => speed >= this.#speed);
    this.speed = SPEEDS[Math.min(SPEEDS.length - 1, Math.max(0, at + by))] ?? 1;
  }

  #hush(): void {
    if (!this.#playing) return;
    this.pause();
    this.#hushed = true;
  }

  #run(): void {
    this.#playing = true;
    const look = () => {
      this.#look();
      this.#frame = requestAnimationFrame(look);
    };
    cancelAnimationFrame(this.#frame);
    look();
  }

  #rest(): void {
    this.#playing = false;
    cancelAnimationFrame(this.#frame);
    this.#look();
  }

  #look(): void {
    this.#position = Math.min(this.samples, Math.round(this.#audio.currentTime * SAMPLE_RATE));
  }
}
