import { nearest, sounding } from './likeness.ts';
import type { Vocabulary } from './vocabulary.ts';

/**
 * Natural logarithms by which tokens are favoured. A term's first token only a little, for any word may begin so; what goes on
 * with a term that has begun much more. Measured: `npm run evaluate -- --manifest tests/fixtures/manifest.json --only names --terms …`.
 */
const FIRST = 1;
const NEXT = 3;
/** Tokens of the glossary in the prompt, at most. The decoder has 448 positions, and attends to each one at every step. */
const PROMPT_TOKENS = 60;
/** Edits that a term may be away from what was heard, for each of its letters. */
const LIKENESS = 0.25;

interface Node {
  readonly children: Map<number, Node>;
}

/** Sequences of tokens, to be asked which tokens go on with one of them. */
export class TokenTrie {
  readonly #root: Node = { children: new Map() };
  #depth = 0;

  add(tokens: readonly number[]): void {
    let node = this.#root;
    for (const token of tokens) {
      let child = node.children.get(token);
      if (child === undefined) node.children.set(token, (child = { children: new Map() }));
      node = child;
    }
    this.#depth = Math.max(this.#depth, tokens.length);
  }

  /** Tokens that go on with a sequence whose beginning stands at the end of `written`. */
  next(written: readonly number[]): Set<number> {
    const found = new Set<number>();
    for (let from = Math.max(0, written.length - this.#depth + 1); from < written.length; from++) {
      let node: Node | undefined = this.#root;
      for (let i = from; node !== undefined && i < written.length; i++) node = node.children.get(written[i]!);
      for (const token of node?.children.keys() ?? []) found.add(token);
    }
    return found;
  }
}

/**
 * The names and terms that a person gave, as the decoder is told of them. Twice:
 *
 * - in the choice of the next token, all of them: shallow fusion with a trie of the terms (Zhao et al., "Shallow-Fusion
 *   End-to-End Contextual Biasing", 2019; Le et al., "Deep Shallow Fusion for RNN-T Personalization", 2021);
 * - in the prompt, as text that went before (openai/whisper, `initial_prompt`), those that sound like something in what was heard
 *   so far. All of them there make every text worse in which none is said: 24 clips, base, 30 names of other things, 59 words
 *   wrong instead of 50. The choice of tokens alone did no harm, but found one of six names where the prompt found them all.
 */
export class Glossary {
  readonly #trie = new TokenTrie();
  /** In small letters, the longest first. */
  readonly #terms: readonly string[];
  readonly #first = new Map<number, number>();
  readonly #vocabulary: Pick<Vocabulary, 'encode' | 'decode'>;
  readonly #sounds: readonly { readonly term: string; readonly sound: string }[];

  constructor(vocabulary: Pick<Vocabulary, 'encode' | 'decode'>, terms: readonly string[]) {
    this.#vocabulary = vocabulary;
    this.#sounds = terms.map((term) => ({ term, sound: sounding(term) }));
    this.#terms = terms.map((term) => term.toLowerCase()).sort((a, b) => b.length - a.length);
    for (const term of terms) {
      for (const spelling of spellings(term)) {
        const tokens = vocabulary.encode(spelling);
        this.#trie.add(tokens);
        const [first] = tokens;
        if (first !== undefined && says(vocabulary.decode([first]))) this.#first.set(first, FIRST);
      }
    }
  }

  /** @returns text before the audio, for audio in which `heard` was heard: tokens that say the terms like it; none without. */
  promptFor(heard: string): readonly number[] {
    const text = sounding(heard);
    const like = this.#sounds.filter(({ sound }) => sound !== '' && nearest(sound, text) <= LIKENESS * sound.length);
    return promptOf(
      this.#vocabulary,
      like.map(({ term }) => term),
    );
  }

  /** @returns by how much each favoured token is favoured behind `written`; the others are not in it. */
  favoured(written: readonly number[]): ReadonlyMap<number, number> {
    const favoured = new Map(this.#first);
    for (const token of this.#trie.next(written)) favoured.set(token, NEXT);
    return favoured;
  }

  /** Whether a text says terms and nothing else. */
  recites(text: string): boolean {
    const rest = this.#terms.reduce((left, term) => left.replaceAll(term, ' '), text.toLowerCase());
    return /[\p{L}\p{N}]/u.test(text) && !/[\p{L}\p{N}]/u.test(rest);
  }
}

/** As a sentence of names. Those that come first in the list are in it. */
function promptOf(vocabulary: Pick<Vocabulary, 'encode'>, terms: readonly string[]): readonly number[] {
  let prompt: readonly number[] = [];
  for (let count = 1; count <= terms.length; count++) {
    const longer = vocabulary.encode(` ${terms.slice(0, count).join(', ')}.`);
    if (longer.length > PROMPT_TOKENS) break;
    prompt = longer;
  }
  return prompt;
}

/** Behind a space, as where words are parted, and without, as where they are not; at the start of a sentence, too. */
function spellings(term: string): Set<string> {
  const capitalised = term.charAt(0).toUpperCase() + term.slice(1);
  return new Set([` ${term}`, ` ${capitalised}`, term]);
}

/** Whether a token that begins a word says which: by three letters, or two characters where each is a syllable or a word. */
const says = (token: string): boolean =>
  /^ [\p{L}\p{N}]{3}/u.test(token) || /^ ?[\p{sc=Han}\p{scx=Hira}\p{scx=Kana}\p{sc=Hang}]{2}/u.test(token);
