import type { WhisperTokenizer } from '@huggingface/transformers';
import { LANGUAGES, type Language } from '../../src/recognizer/languages.ts';

/** What `generation_config.json` says that we need. */
export interface GenerationConfig {
  readonly suppress_tokens?: readonly number[];
  readonly begin_suppress_tokens?: readonly number[];
  readonly alignment_heads?: readonly (readonly [layer: number, head: number])[];
}

/**
 * The model's tokens by meaning. Special ids differ between models (`.en`, large-v3), so every one is looked up by its name.
 */
export class Vocabulary {
  readonly endOfText: number;
  readonly startOfTranscript: number;
  readonly startOfPrevious: number;
  readonly transcribe: number;
  readonly translate: number;
  readonly noTimestamps: number;
  /** `null` for a model that cannot tell. */
  readonly noSpeech: number | null;
  /** Ids from here on are times, 20 ms apart. */
  readonly timestampBegin: number;
  readonly languages: ReadonlyMap<Language, number>;
  /** Never written: symbols, and the special tokens of other tasks. */
  readonly suppressed: readonly number[];
  /** Not as the first token: a bare space, the end. */
  readonly suppressedAtStart: readonly number[];

  readonly #tokenizer: WhisperTokenizer;

  constructor(tokenizer: WhisperTokenizer, config: GenerationConfig) {
    this.#tokenizer = tokenizer;
    const id = (...names: string[]): number => {
      for (const name of names) {
        const found = this.#find(name);
        if (found !== null) return found;
      }
      throw new Error(`the tokenizer has no ${names.join(' or ')}`);
    };
    this.endOfText = id('<|endoftext|>');
    this.startOfTranscript = id('<|startoftranscript|>');
    this.startOfPrevious = id('<|startofprev|>');
    this.transcribe = id('<|transcribe|>');
    this.translate = id('<|translate|>');
    this.noTimestamps = id('<|notimestamps|>');
    this.noSpeech = this.#find('<|nospeech|>') ?? this.#find('<|nocaptions|>');
    this.timestampBegin = this.noTimestamps + 1;
    this.languages = new Map(
      LANGUAGES.flatMap((language) => {
        const token = this.#find(`<|${language}|>`);
        return token === null ? [] : [[language, token] as const];
      }),
    );
    this.suppressed = config.suppress_tokens ?? [];
    this.suppressedAtStart = config.begin_suppress_tokens ?? [];
  }

  /** Text of the tokens; special ones and times are left out. Half a character shows as U+FFFD. */
  decode(tokens: readonly number[]): string {
    const text = tokens.filter((token) => token < this.endOfText);
    return text.length === 0
      ? ''
      : this.#tokenizer.decode(text, { skip_special_tokens: true, clean_up_tokenization_spaces: false });
  }

  encode(text: string): number[] {
    return this.#tokenizer.encode(text, { add_special_tokens: false });
  }

  #find(name: string): number | null {
    const [id] = this.#tokenizer.encode(name, { add_special_tokens: false });
    return id !== undefined && this.#tokenizer.decode([id], { skip_special_tokens: false }) === name ? id : null;
  }
}
