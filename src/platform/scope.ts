/** What a scope can stop. */
type Stop = () => void;

/**
 * One node of the disposal tree. Whoever starts a timer, listener, track, worker or port hands it to a scope; disposing the
 * scope stops everything in reverse order, once, and a scope that is already disposed stops newcomers at once.
 */
export class Scope {
  #stops: Set<Stop> | null = new Set();

  get disposed(): boolean {
    return this.#stops === null;
  }

  /** Runs `stop` when the scope ends (at once when it has ended). */
  add(stop: Stop): void {
    if (this.#stops === null) stop();
    else this.#stops.add(stop);
  }

  /** A scope that ends with this one, or earlier. */
  child(): Scope {
    const child = new Scope();
    const end = () => child.dispose();
    this.add(end);
    child.add(() => this.#stops?.delete(end));
    return child;
  }

  listen(target: EventTarget, type: string, listener: (event: never) => void, options?: AddEventListenerOptions): void {
    target.addEventListener(type, listener as EventListener, options);
    this.add(() => target.removeEventListener(type, listener as EventListener, options));
  }

  /** A timer that dies with the scope. Returns a function that cancels it early. */
  after(ms: number, run: () => void): Stop {
    const timer = setTimeout(() => {
      this.#stops?.delete(cancel);
      run();
    }, ms);
    const cancel = () => {
      clearTimeout(timer);
      this.#stops?.delete(cancel);
    };
    this.add(cancel);
    return cancel;
  }

  every(ms: number, run: () => void): Stop {
    const timer = setInterval(run, ms);
    const cancel = () => clearInterval(timer);
    this.add(cancel);
    return cancel;
  }

  /** Stops everything, last come first. One that throws does not keep the others running. */
  dispose(): void {
    const stops = this.#stops;
    if (stops === null) return;
    this.#stops = null;
    const errors: unknown[] = [];
    for (const stop of [...stops].reverse()) {
      try {
        stop();
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw new AggregateError(errors, 'a scope could not stop everything');
  }
}
