import type { Scope } from '../platform/scope.ts';
import { DEVICE_WISHES, type DeviceWish } from '../recognizer/device/plan.ts';
import { isLanguage, type Language, type LanguageChoice, type Task } from '../recognizer/languages.ts';
import { MODEL_IDS, type ModelId } from '../recognizer/models.ts';
import { INCLUDED_MODELS, INITIAL_MODEL } from '../recognizer/packages/sizes.ts';
import type { RecognitionSettings } from '../recognizer/protocol.ts';
import { parseTerms } from '../recognizer/terms.ts';
import { Replacements, type Replacement } from '../transcript/replacements.ts';
import type { SettingsState } from './state.ts';

const KEY = 'sotto-settings';
/** People go back and forth between a few languages. */
const RECENT_LANGUAGES = 4;

interface Stored {
  readonly language: LanguageChoice;
  readonly recentLanguages: readonly Language[];
  readonly task: Task;
  readonly model: ModelId;
  readonly device: DeviceWish;
  readonly microphone: SettingsState['microphone'];
  readonly interfaceLanguage: SettingsState['interfaceLanguage'];
  readonly keepAudio: boolean;
  readonly languages: readonly Language[];
  readonly vocabulary: string;
  readonly replacements: readonly Replacement[];
}

/** The person's choices, kept in this browser. Where nothing can be kept they last as long as the tab. */
export class Settings implements SettingsState {
  #values = $state.raw<Stored>(read());
  readonly #changed: (name: keyof Stored) => void;

  /** @param changed called after a setting has changed. */
  constructor(scope: Scope, changed: (name: keyof Stored) => void) {
    this.#changed = changed;
    // Another tab has set something, or a backup was brought back: it holds here, and the next choice does not undo it.
    scope.listen(globalThis, 'storage', ({ key }: StorageEvent) => {
      if (key === KEY) this.#follow();
    });
  }

  get language(): LanguageChoice {
    return this.#values.language;
  }
  set language(language: LanguageChoice) {
    if (language !== 'auto') {
      const others = this.recentLanguages.filter((other) => other !== language);
      this.#set('recentLanguages', [language, ...others].slice(0, RECENT_LANGUAGES));
    }
    this.#set('language', language);
  }
  get recentLanguages(): readonly Language[] {
    return this.#values.recentLanguages;
  }
  get task(): Task {
    return this.#values.task;
  }
  set task(task: Task) {
    this.#set('task', task);
  }
  get model(): ModelId {
    return this.#values.model;
  }
  set model(model: ModelId) {
    this.#set('model', model);
  }
  get device(): DeviceWish {
    return this.#values.device;
  }
  set device(device: DeviceWish) {
    this.#set('device', device);
  }
  get microphone(): SettingsState['microphone'] {
    return this.#values.microphone;
  }
  set microphone(microphone: SettingsState['microphone']) {
    this.#set('microphone', microphone);
  }
  get interfaceLanguage(): SettingsState['interfaceLanguage'] {
    return this.#values.interfaceLanguage;
  }
  set interfaceLanguage(language: SettingsState['interfaceLanguage']) {
    this.#set('interfaceLanguage', language);
  }
  get keepAudio(): boolean {
    return this.#values.keepAudio;
  }
  set keepAudio(keepAudio: boolean) {
    this.#set('keepAudio', keepAudio);
  }
  get languages(): readonly Language[] {
    return this.#values.languages;
  }
  set languages(languages: readonly Language[]) {
    this.#set('languages', languages);
  }
  get vocabulary(): string {
    return this.#values.vocabulary;
  }
  set vocabulary(vocabulary: string) {
    this.#set('vocabulary', vocabulary);
  }
  get replacements(): readonly Replacement[] {
    return this.#values.replacements;
  }
  set replacements(replacements: readonly Replacement[]) {
    this.#set('replacements', replacements);
  }

  /** What is done to every text. */
  get replacing(): Replacements {
    return new Replacements(this.#values.replacements);
  }

  /** What the recogniser is told. */
  get recognition(): RecognitionSettings {
    const { language, languages, task, vocabulary } = this.#values;
    return { language, languages, task, terms: parseTerms(vocabulary) };
  }

  #follow(): void {
    const before = this.#values;
    this.#values = read();
    for (const name of Object.keys(before) as (keyof Stored)[])
      if (JSON.stringify(before[name]) !== JSON.stringify(this.#values[name])) this.#changed(name);
  }

  #set<Name extends keyof Stored>(name: Name, value: Stored[Name]): void {
    if (this.#values[name] === value) return;
    this.#values = { ...this.#values, [name]: value };
    try {
      localStorage.setItem(KEY, JSON.stringify(this.#values));
    } catch {
      // Storage is blocked or full: the choice holds for this tab.
    }
    this.#changed(name);
  }
}

/** What is stored, each field checked by itself: one that an older or newer version wrote differently falls to its default. */
function read(): Stored {
  const stored = parse();
  const { languages, vocabulary, replacements } = stored;
  const { language, recentLanguages, task, model, device, microphone, interfaceLanguage } = stored;
  return {
    language: typeof language === 'string' && (language === 'auto' || isLanguage(language)) ? language : 'auto',
    recentLanguages: Array.isArray(recentLanguages)
      ? recentLanguages
          .filter((code) => typeof code === 'string')
          .filter(isLanguage)
          .slice(0, RECENT_LANGUAGES)
      : [],
    task: task === 'translate' ? 'translate' : 'transcribe',
    model: MODEL_IDS.find((id) => id === model && INCLUDED_MODELS.includes(id)) ?? INITIAL_MODEL,
    device: DEVICE_WISHES.find((wish) => wish === device) ?? 'auto',
    microphone: isMicrophone(microphone) ? microphone : null,
    interfaceLanguage: interfaceLanguage === 'en' || interfaceLanguage === 'ja' ? interfaceLanguage : null,
    keepAudio: stored.keepAudio !== false,
    languages: itemsOf(languages)
      .filter((code) => typeof code === 'string')
      .filter(isLanguage),
    vocabulary: typeof vocabulary === 'string' ? vocabulary : '',
    replacements: itemsOf(replacements).filter(isReplacement),
  };
}

function parse(): Partial<Record<keyof Stored, unknown>> {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

const itemsOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function isReplacement(value: unknown): value is Replacement {
  if (typeof value !== 'object' || value === null) return false;
  const { heard, written } = value as { heard?: unknown; written?: unknown };
  return typeof heard === 'string' && typeof written === 'string';
}

function isMicrophone(value: unknown): value is NonNullable<SettingsState['microphone']> {
  if (typeof value !== 'object' || value === null) return false;
  const { id, label } = value as { id?: unknown; label?: unknown };
  return typeof id === 'string' && typeof label === 'string';
}
