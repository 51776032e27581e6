import { askForPersistence, savesData } from '../platform/storage.ts';
import type { Scope } from '../platform/scope.ts';
import type { RecognizerClient } from '../recognizer/client.ts';
import type { Plan } from '../recognizer/device/plan.ts';
import type { ModelId } from '../recognizer/models.ts';
import { TimeLeft } from '../recognizer/packages/estimate.ts';
import { INCLUDED_MODELS, PACKAGE_BYTES } from '../recognizer/packages/sizes.ts';
import type { WhisperEvent } from '../recognizer/protocol.ts';
import type { ModelPhase, ModelState } from './state.ts';

interface ModelOptions {
  readonly recognizer: RecognizerClient;
  readonly chosen: () => ModelId;
  /** What the chosen model is to run on. */
  readonly plan: () => Promise<Plan>;
  /** Whether the chosen model is on this device. */
  readonly stored: () => Promise<boolean>;
  /** A line for the session log. */
  readonly say: (text: string) => void;
}

/** The chosen model on its way from the server to ready: what the view shows, and when it is downloaded by itself. */
export class Model implements ModelState {
  readonly #options: ModelOptions;
  #current = $state.raw<ModelPhase>({ phase: 'absent' });
  #kept = $state(true);
  #timeLeft = new TimeLeft();
  #loadMs: number | null = null;
  #saidPercent = -1;
  /** Counts loads: one that was begun later, or cancelled, makes an earlier one void. */
  #loads = 0;

  constructor(scope: Scope, options: ModelOptions) {
    this.#options = options;
    // A download that the lost network has ended goes on by itself.
    scope.listen(globalThis, 'online', () => {
      if (this.#current.phase !== 'failed') return;
      const { name } = this.#current.failure;
      if (name === 'offline-without-model' || name === 'download-interrupted') this.load();
    });
  }

  get current(): ModelPhase {
    return this.#current;
  }

  get ready(): boolean {
    return this.#current.phase === 'ready';
  }

  /** Whether the model will be here next time; false where the browser gives no storage. */
  get kept(): boolean {
    return this.#kept;
  }

  readonly choices = INCLUDED_MODELS.map((id) => ({ id, bytes: bytesOf(id) }));

  /** Loads by itself at the first visit and at every later one; asks first when the browser reports data saving. */
  async begin(): Promise<void> {
    if (savesData() && !(await this.#options.stored().catch(() => false))) {
      this.#current = { phase: 'asking', totalBytes: bytesOf(this.#options.chosen()) };
    } else this.load();
  }

  load(): void {
    this.#timeLeft = new TimeLeft();
    this.#saidPercent = -1;
    this.#current = { phase: 'preparing' };
    const load = ++this.#loads;
    const chosen = this.#options.chosen();
    void this.#options.plan().then((plan) => {
      if (load === this.#loads) this.#options.recognizer.load(chosen, plan);
    });
  }

  cancel(): void {
    this.#loads++;
    this.#options.recognizer.cancelLoad();
    this.#current = { phase: 'absent' };
    this.#options.say('model loading cancelled');
  }

  /** For Diagnostics. */
  describe(): string {
    if (this.#current.phase !== 'ready') return `model ${this.#options.chosen()}, ${this.#current.phase}`;
    const { device, threads } = this.#current;
    return `model ${this.#options.chosen()} on ${device}, ${threads} threads, loaded in ${Math.round(this.#loadMs ?? 0)} ms`;
  }

  onWhisper(event: WhisperEvent): void {
    if ('model' in event && event.model !== this.#options.chosen()) return;
    switch (event.type) {
      case 'download': {
        const { file, loadedBytes, totalBytes, waiting } = event;
        if (this.#current.phase === 'absent') return;
        this.#timeLeft.add(performance.now(), loadedBytes);
        const secondsLeft = this.#timeLeft.secondsLeft(totalBytes);
        this.#current = { phase: 'downloading', file, loadedBytes, totalBytes, secondsLeft, waiting };
        this.#sayPercent(Math.floor((100 * loadedBytes) / totalBytes));
        return;
      }
      case 'preparing':
        this.#current = { phase: 'preparing' };
        this.#options.say('model loading 100 %');
        return;
      case 'ready':
        this.#kept = event.kept;
        this.#loadMs = event.loadMs;
        this.#current = { phase: 'ready', device: event.device, threads: event.threads };
        this.#options.say(`model ready: ${this.describe()}`);
        void askForPersistence();
        return;
      case 'failed':
        this.#current = { phase: 'failed', failure: event.failure };
        this.#options.say(`model failed: ${event.failure.name}`);
        return;
      default:
        return;
    }
  }

  /** In steps of ten, so that the log stays readable. */
  #sayPercent(percent: number): void {
    const step = Math.floor(percent / 10) * 10;
    if (step <= this.#saidPercent) return;
    this.#saidPercent = step;
    this.#options.say(`model loading ${step} %`);
  }
}

const bytesOf = (id: ModelId): number => PACKAGE_BYTES.engine + (PACKAGE_BYTES[id] ?? 0);
