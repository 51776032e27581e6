import type { AppState, ModelPhase, Notice, Phase } from '../../src/session/state.ts';
import { EMPTY_TRANSCRIPT } from '../../src/transcript/transcript.ts';
import type { Transcript } from '../../src/transcript/transcript.ts';

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/** What a test sets; everything else is as after a first visit: ready, offline, nothing said yet. */
export interface Scene {
  readonly phase?: Phase;
  readonly transcript?: Transcript;
  readonly model?: ModelPhase;
  readonly notices?: readonly Notice[];
  readonly lagMs?: number;
  readonly interfaceLanguage?: 'en' | 'ja';
  readonly update?: AppState['offline']['update'];
  readonly ready?: boolean;
  readonly verdict?: AppState['device']['verdict'];
  readonly recovery?: AppState['recovery']['current'];
}

/** State a test owns and may change while it is drawn. `calls` are the acts the view asked for, in order. */
export class ViewState implements AppState {
  readonly calls: string[] = [];
  readonly session: Writable<AppState['session']>;
  readonly model: Writable<AppState['model']>;
  readonly device: AppState['device'];
  readonly microphones: AppState['microphones'];
  readonly settings: AppState['settings'];
  readonly offline: Writable<AppState['offline']>;
  readonly files: AppState['files'];
  readonly library: Writable<AppState['library']>;
  readonly recovery: AppState['recovery'];

  constructor(scene: Scene = {}) {
    const called = (name: string) => () => void this.calls.push(name);
    const asked = (name: string) => () => {
      this.calls.push(name);
      return Promise.resolve();
    };
    const session: Writable<AppState['session']> = $state({
      phase: scene.phase ?? 'idle',
      get atRest() {
        return ['idle', 'stopped', 'failed'].includes(this.phase);
      },
      transcript: scene.transcript ?? EMPTY_TRANSCRIPT,
      elapsedMs: 42_000,
      level: { peak: 0.3, rms: 0.1, speaking: true },
      lagMs: scene.lagMs ?? 0,
      pendingMs: scene.lagMs ?? 0,
      drain: scene.phase === 'draining' ? { fraction: 0.4, secondsLeft: 12 } : null,
      notices: scene.notices ?? [],
      log: [{ atMs: 0, text: 'started' }],
      canUndoClear: false,
      detectedLanguage: null,
      start: asked('start'),
      stop: called('stop'),
      abandon: called('abandon'),
      resume: asked('resume'),
      clear: called('clear'),
      undoClear: called('undoClear'),
      dismiss: (notice) => void this.calls.push(`dismiss ${notice.type}`),
      diagnostics: () => 'model base on wasm',
    });
    this.session = session;
    const model: Writable<AppState['model']> = $state({
      current: scene.model ?? { phase: 'ready', device: 'wasm', threads: 4 },
      choices: [
        { id: 'tiny', bytes: 41e6 },
        { id: 'base', bytes: 77e6 },
      ],
      load: called('load'),
      cancel: called('cancel'),
    });
    this.model = model;
    this.device = { gpu: null, verdict: scene.verdict ?? null, measuring: false, measure: called('measure') };
    this.microphones = { devices: [{ id: 'usb', label: 'USB microphone' }], refresh: asked('refresh') };
    const settings: AppState['settings'] = $state({
      language: 'en',
      recentLanguages: [],
      task: 'transcribe',
      model: 'base',
      device: 'auto',
      microphone: null,
      interfaceLanguage: scene.interfaceLanguage ?? 'en',
      keepAudio: true,
      languages: [],
      vocabulary: '',
      replacements: [],
    });
    this.settings = settings;
    const offline: Writable<AppState['offline']> = $state({
      ready: scene.ready ?? true,
      obstacle: null,
      installable: false,
      install: asked('install'),
      update: scene.update ?? 'none',
      applyUpdate: called('applyUpdate'),
    });
    this.offline = offline;
    const library: Writable<AppState['library']> = $state({
      current: null,
      live: null,
      open: () => Promise.reject(new Error('this scene has no library')),
    });
    this.library = library;
    this.recovery = { current: scene.recovery ?? null, offer: asked('offer') };
    this.files = { current: null, open: asked('open'), transcribeAgain: asked('transcribeAgain') };
  }
}
