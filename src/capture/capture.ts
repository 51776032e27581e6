import { describeError, FailureError, failureOf, type Failure } from '../platform/failure.ts';
import { Scope } from '../platform/scope.ts';
import type { CaptureCommand } from '../recognizer/capture-protocol.ts';
import type { RunFlag } from '../recognizer/run-flag.ts';
import { buildGraph, type CaptureGraph } from './graph.ts';
import { openMicrophone, type OpenMicrophone } from './microphone.ts';
import { keepAwake } from '../platform/wake-lock.ts';

export type CaptureEvent =
  /** The system or a switch on the device mutes the microphone, or no longer (F25). */
  | { readonly type: 'muted'; readonly muted: boolean }
  /** The browser suspended or interrupted the audio, or goes on (F26): `resume()` from a tap. */
  | { readonly type: 'suspended'; readonly suspended: boolean }
  /** The microphone is gone (F24). This capture has ended; what it heard was handed over, and the session goes on. */
  | { readonly type: 'lost' }
  /** This capture has ended by itself. */
  | { readonly type: 'failed'; readonly failure: Failure };

export interface CaptureOptions {
  readonly flag: RunFlag;
  readonly epoch: number;
  /** A device (`null`: the system's default), or any stream that stands in for one; the stream is ended with the capture. */
  readonly source: { readonly deviceId: string | null } | { readonly stream: MediaStream };
  /** Frames leave here for the speech worker. Taken over. */
  readonly port: MessagePort;
  readonly onEvent: (event: CaptureEvent) => void;
}

/** The last frames take a quantum or two; a suspended context may never answer, and the microphone must go off at once. */
const LAST_FRAME_TIMEOUT_MS = 250;

/** A context that has not begun to run by then waits for a tap: no event says so. */
const RUNNING_WITHIN_MS = 500;

/**
 * Opens the microphone and lets its frames flow to `port`, as long as the flag runs for this epoch.
 * @returns `null` when the session ended meanwhile (Stop during the permission question): nothing is left open.
 * @throws FailureError `microphone-denied`, `-dismissed`, `-missing`, `-busy`, `-lost` or `capture-failed`; nothing is left open.
 */
export async function openCapture(options: CaptureOptions): Promise<Capture | null> {
  const { flag, epoch, source, port } = options;
  const scope = new Scope();
  scope.add(() => port.close());
  try {
    const microphone =
      'stream' in source ? { stream: source.stream, replaced: false } : await openMicrophone(source.deviceId);
    scope.add(() => {
      for (const track of microphone.stream.getTracks()) track.stop();
    });
    const graph = flag.hasEnded(epoch) ? null : await buildGraph(scope, microphone.stream);
    if (graph !== null && !flag.hasEnded(epoch)) return new Capture(scope, microphone, graph, options);
  } catch (error) {
    scope.dispose();
    throw new FailureError(failureOf(error) ?? { name: 'capture-failed', detail: describeError(error) });
  }
  scope.dispose();
  return null;
}

/** A running capture. Its microphone is off, for sure, when {@link Capture.stop} has settled. */
export class Capture {
  /** The device's name, for people. */
  readonly label: string;
  readonly deviceId: string | null;
  /** What the browser made of our wishes. */
  readonly settings: MediaTrackSettings;
  /** Rate at which frames leave, in Hz. */
  readonly sampleRate: number;
  /** The chosen device is gone or busy, and the system's default listens (F23). */
  readonly replaced: boolean;
  readonly #scope: Scope;
  readonly #context: AudioContext;
  readonly #node: AudioWorkletNode;
  readonly #finished: Promise<void>;
  #suspended = false;
  #stopping: Promise<void> | null = null;

  /** @throws FailureError `microphone-lost` when the stream has no live track. */
  constructor(scope: Scope, microphone: OpenMicrophone, graph: CaptureGraph, options: CaptureOptions) {
    const { context, node } = graph;
    const { flag, epoch, port, onEvent } = options;
    const [track] = microphone.stream.getAudioTracks();
    if (track?.readyState !== 'live') throw new FailureError({ name: 'microphone-lost' });
    this.#scope = scope;
    this.#context = context;
    this.#node = node;
    this.label = track.label;
    this.settings = track.getSettings();
    this.deviceId = this.settings.deviceId ?? null;
    this.sampleRate = context.sampleRate;
    this.replaced = microphone.replaced;

    this.#finished = new Promise((resolve) => {
      // The node says only that it has handed over its last frame.
      node.port.onmessage = () => resolve();
    });
    this.#tell({ type: 'open', flag: flag.buffer, epoch, port }, [port]);

    scope.listen(track, 'ended', () => this.#giveUp({ type: 'lost' }, onEvent));
    scope.listen(track, 'mute', () => onEvent({ type: 'muted', muted: true }));
    scope.listen(track, 'unmute', () => onEvent({ type: 'muted', muted: false }));
    scope.listen(node, 'processorerror', () => {
      this.#giveUp({ type: 'failed', failure: { name: 'capture-failed', detail: 'the audio thread failed' } }, onEvent);
    });
    const watch = () => this.#watch(onEvent);
    scope.listen(context, 'statechange', watch);
    scope.after(RUNNING_WITHIN_MS, watch);
    if (context.state === 'suspended') void this.resume();
    keepAwake(scope);
  }

  /**
   * Lets suspended audio go on. Call it from a tap.
   * @returns whether it runs; when not (iOS after a call: the context is lost), stop this capture and open another one in the
   * same session.
   */
  async resume(): Promise<boolean> {
    // iOS: resuming an interrupted context throws or, worse, succeeds without ever giving a sample.
    if (this.#context.state === 'suspended') {
      await Promise.race([this.#context.resume().catch(() => undefined), this.#elapsed(RUNNING_WITHIN_MS)]);
    }
    return this.#context.state === 'running';
  }

  /**
   * Turns the microphone off: hands over the last frame, then closes everything, within {@link LAST_FRAME_TIMEOUT_MS}. Clear the
   * flag first, or the session goes on (with another capture). Harmless when it was called before.
   */
  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #stop(): Promise<void> {
    this.#tell({ type: 'close' });
    await Promise.race([this.#finished, this.#elapsed(LAST_FRAME_TIMEOUT_MS)]);
    this.#scope.dispose();
  }

  #giveUp(event: CaptureEvent, onEvent: CaptureOptions['onEvent']): void {
    if (this.#stopping !== null) return;
    void this.stop();
    onEvent(event);
  }

  #watch(onEvent: CaptureOptions['onEvent']): void {
    const suspended = this.#context.state !== 'running';
    if (suspended === this.#suspended || this.#stopping !== null) return;
    this.#suspended = suspended;
    onEvent({ type: 'suspended', suspended });
  }

  #tell(command: CaptureCommand, transfer: Transferable[] = []): void {
    this.#node.port.postMessage(command, transfer);
  }

  #elapsed(ms: number): Promise<void> {
    return new Promise((resolve) => this.#scope.after(ms, resolve));
  }
}
