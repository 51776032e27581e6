import { untrack } from 'svelte';
import type { Scope } from '../platform/scope.ts';
import { RecognizerClient } from '../recognizer/client.ts';
import type { ModelId } from '../recognizer/models.ts';
import type { SpeechEvent, WhisperEvent } from '../recognizer/protocol.ts';
import { RunFlag } from '../recognizer/run-flag.ts';
import type { CaptureOptions } from '../capture/capture.ts';
import { Device } from './device.svelte.ts';
import { LazyFiles } from './files-entrance.svelte.ts';
import { LazyLibrary } from './library-entrance.svelte.ts';
import { isEmpty } from '../transcript/transcript.ts';
import { Microphones } from './microphones.svelte.ts';
import { Model } from './model.svelte.ts';
import { Offline } from './offline.svelte.ts';
import { LazyRecovery } from './recovery-entrance.svelte.ts';
import { Session } from './session.svelte.ts';
import { Settings } from './settings.svelte.ts';
import type { AppState } from './state.ts';

/** Everything the page owns, wired together. One instance a page; the scope ends it. */
export class App implements AppState {
  readonly settings: Settings;
  readonly microphones: Microphones;
  readonly model: Model;
  readonly device: Device;
  readonly session: Session;
  readonly offline: Offline;
  readonly files: LazyFiles;
  readonly library: LazyLibrary;
  readonly recovery: LazyRecovery;
  /** What is written now wants this model, and not the one that is set. */
  #lent = $state<ModelId | null>(null);

  /** @param source what to record instead of the chosen microphone; for measurements. */
  constructor(scope: Scope, source?: () => CaptureOptions['source']) {
    const flag = new RunFlag();
    this.settings = new Settings(scope, (name) => this.#onSetting(name));
    this.microphones = new Microphones(scope);
    const recognizer = new RecognizerClient(scope, flag, this.settings.recognition, {
      speech: (event) => this.#onSpeech(event),
      whisper: (event) => this.#onWhisper(event),
      restarted: (failure, gpuLost) => {
        this.session.onRestart(failure, gpuLost);
        if (failure.name === 'worker-crashed' && navigator.onLine) this.offline.reportMissingFile();
      },
    });
    this.model = new Model(scope, {
      recognizer,
      chosen: () => this.#modelInUse,
      plan: () => this.device.plan(),
      stored: () => this.#modelStored(this.#modelInUse),
      say: (text) => this.session.onModel(text),
    });
    const summary = () => {
      const { model, language, task } = this.settings;
      return { model, language, task };
    };
    const keepAudio = () => this.settings.keepAudio;
    const replacing = () => this.settings.replacing;
    this.library = new LazyLibrary(scope, summary, keepAudio);
    const library = () => this.library.open();
    this.recovery = new LazyRecovery({ scope, flag, recognizer, summary, keepAudio, replacing, library });
    this.session = new Session({
      keeper: this.library,
      replacing,
      flag,
      recognizer,
      scope,
      source: source ?? (() => ({ deviceId: this.microphones.find(this.settings.microphone) })),
      wanted: () => this.settings.microphone?.label ?? null,
      modelReady: () => this.model.ready,
      modelKept: () => this.model.kept,
      soundKept: () => this.recovery.soundKept,
      environment: () => [
        `sotto ${import.meta.env.MODE}, ${navigator.userAgent}`,
        `cores ${navigator.hardwareConcurrency}, isolated ${String(crossOriginIsolated)}`,
        this.model.describe(),
        this.device.describe(),
        `language ${this.settings.language}, task ${this.settings.task}`,
      ],
    });
    this.files = new LazyFiles({
      scope,
      flag,
      recognizer,
      modelReady: () => this.model.ready,
      model: () => this.settings.model,
      recognition: () => this.settings.recognition,
      replacing,
      library,
      lend: (model) => this.#lend(model),
    });
    this.device = new Device({
      scope,
      wish: () => this.settings.device,
      model: () => this.#modelInUse,
      resting: () =>
        this.model.ready && this.session.atRest && this.files.current?.working !== true && !this.recovery.working,
      reload: () => this.model.load(),
    });
    this.offline = new Offline(scope, {
      modelStored: () => this.#modelStored(this.settings.model),
      // A transcript lives in this tab only.
      mayReload: () =>
        this.session.atRest &&
        isEmpty(this.session.transcript) &&
        this.files.current?.working !== true &&
        !this.recovery.working,
    });
    // One that starts again at once never lets go of the recogniser: the effect sees nothing of it.
    const follow = $effect.root(() => {
      $effect(() => {
        const recording = !this.session.atRest;
        const taken = recording || this.recovery.working;
        untrack(() => {
          this.recovery.recording(recording);
          this.files.recording(taken);
        });
      });
    });
    scope.add(follow);
    // Stop on leaving: the microphone light must not outlive the page in the back-forward cache.
    scope.listen(globalThis, 'pagehide', () => this.session.stop());
    void this.model.begin();
  }

  get #modelInUse(): ModelId {
    return this.#lent ?? this.settings.model;
  }

  /** Another model for a while; `null`: the one that is set again. */
  #lend(model: ModelId | null): void {
    const before = this.#modelInUse;
    this.#lent = model;
    if (this.#modelInUse === before) return;
    // Who asks for a model by name has been told what it weighs.
    if (model === null) void this.model.begin();
    else this.model.load();
  }

  #onSetting(name: string): void {
    if (['language', 'languages', 'task', 'vocabulary'].includes(name)) this.files.configure();
    if (name === 'device') this.model.load();
    if (name === 'model') {
      void this.model.begin();
      this.offline.refresh();
    }
  }

  #onSpeech(event: SpeechEvent): void {
    this.session.onSpeech(event);
    this.recovery.onSpeech(event);
    this.files.onSpeech(event);
    // The permission reveals the names of the microphones.
    if (event.type === 'first-frame') void this.microphones.refresh();
  }

  #onWhisper(event: WhisperEvent): void {
    this.model.onWhisper(event);
    this.session.onWhisper(event);
    this.recovery.onWhisper(event);
    this.files.onWhisper(event);
    if (event.type === 'preparing' || event.type === 'ready') this.offline.refresh();
  }

  async #modelStored(model: ModelId): Promise<boolean> {
    const { stored } = await import('../recognizer/packages/stored.ts');
    const both = await Promise.all([stored('engine'), stored(model)]);
    return both.every(({ complete }) => complete);
  }
}
