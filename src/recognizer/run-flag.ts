/**
 * The one truth about "running", shared by every thread.
 *
 * A worker inside a long WASM call cannot receive a message, and a flag kept in one thread's state means nothing in another.
 * So the flag is an Int32 word in a SharedArrayBuffer, handed to every thread before anything starts. Its contract is that of
 * Python's `threading.Event`, plus an epoch and counters.
 *
 * Thread rights: only the UI thread calls {@link RunFlag.begin}, {@link RunFlag.set} and {@link RunFlag.clear}. Every counter
 * has exactly one writer (named beside it); all others may read a value that is a moment old. Nothing here allocates except
 * the constructor and `waitAsync`, so the audio thread may call every reader and {@link RunFlag.count}.
 */
const enum Word {
  /** 1 = run, 0 = stop. Writer: UI thread. */
  State,
  /** Number of the session, so that a late message of the last one is recognised. Writer: UI thread. */
  Epoch,
  /** The last session that was told to stop. Writer: UI thread. */
  Ended,
  Counters,
}

/** One word each; the writer's thread in brackets. */
export const COUNTERS = [
  /** Frames the worklet handed over [audio thread]. */
  'framesCaptured',
  /** Frames the speech worker took in [speech worker]. */
  'framesReceived',
  /** Frames whose text is final, or that hold no speech [speech worker]. */
  'framesRecognised',
  /** Frames that could not be kept [speech worker]. Anything but zero is a fault. */
  'framesDropped',
  /** Utterances that have ended in the audio: a tentative pass over one of them has been overtaken [speech worker]. */
  'utterancesEnded',
] as const;

export type Counter = (typeof COUNTERS)[number];

const WORD_COUNT = Word.Counters + COUNTERS.length;

export class RunFlag {
  readonly #words: Int32Array<SharedArrayBuffer>;

  /** @param buffer the buffer of another thread's flag; without one a new flag is made, cleared, at epoch 0. */
  constructor(readonly buffer: SharedArrayBuffer = new SharedArrayBuffer(WORD_COUNT * Int32Array.BYTES_PER_ELEMENT)) {
    if (buffer.byteLength !== WORD_COUNT * Int32Array.BYTES_PER_ELEMENT) {
      throw new RangeError(`buffer: a run flag has ${WORD_COUNT} words, this buffer ${buffer.byteLength} bytes`);
    }
    this.#words = new Int32Array(buffer);
  }

  /** Opens a new session: next epoch, counters at zero, still cleared. Returns the epoch. UI thread only. */
  begin(): number {
    for (let word: number = Word.Counters; word < WORD_COUNT; word++) Atomics.store(this.#words, word, 0);
    return Atomics.add(this.#words, Word.Epoch, 1) + 1;
  }

  /** Run. UI thread only. */
  set(): void {
    Atomics.store(this.#words, Word.State, 1);
    Atomics.notify(this.#words, Word.State);
  }

  /** Stop. Ends the session for good: another one takes {@link RunFlag.begin}. UI thread only. */
  clear(): void {
    Atomics.store(this.#words, Word.Ended, this.epoch);
    Atomics.store(this.#words, Word.State, 0);
    Atomics.notify(this.#words, Word.State);
  }

  isSet(): boolean {
    return Atomics.load(this.#words, Word.State) === 1;
  }

  get epoch(): number {
    return Atomics.load(this.#words, Word.Epoch);
  }

  /** Whether the session runs now. False also before its {@link RunFlag.set}: only {@link RunFlag.hasEnded} means "stop". */
  isRunning(epoch: number): boolean {
    // This order: between the two reads a stop and a new start may happen, and the epoch then tells.
    return this.isSet() && this.epoch === epoch;
  }

  /**
   * Whether the session was told to stop, or another one began. A cleared flag alone does not say so: a thread that looks
   * before the first `set()` sees the same zero as one that looks after the last `clear()`.
   */
  hasEnded(epoch: number): boolean {
    return Atomics.load(this.#words, Word.Ended) >= epoch || this.epoch !== epoch;
  }

  /**
   * Blocks until the flag is set, as `threading.Event.wait` does. Workers only: the UI thread may not block, and
   * `Atomics.wait` throws in an AudioWorklet.
   * @param timeoutMs how long at most; without it, for ever.
   * @returns whether the flag is set.
   */
  wait(timeoutMs = Infinity): boolean {
    Atomics.wait(this.#words, Word.State, 0, timeoutMs);
    return this.isSet();
  }

  /** {@link RunFlag.wait} for the UI thread. */
  async waitAsync(timeoutMs = Infinity): Promise<boolean> {
    const waiting = Atomics.waitAsync(this.#words, Word.State, 0, timeoutMs);
    if (waiting.async) await waiting.value;
    return this.isSet();
  }

  /** Adds to a counter. Only its one writer may call this. */
  count(counter: Counter, by = 1): void {
    Atomics.add(this.#words, Word.Counters + COUNTERS.indexOf(counter), by);
  }

  read(counter: Counter): number {
    return Atomics.load(this.#words, Word.Counters + COUNTERS.indexOf(counter));
  }

  /** All counters at once, for the session log. */
  counters(): Record<Counter, number> {
    return Object.fromEntries(COUNTERS.map((counter) => [counter, this.read(counter)])) as Record<Counter, number>;
  }
}
