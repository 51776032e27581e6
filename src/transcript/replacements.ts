import type { Word } from './word.ts';

/** What is to be written wherever something is heard. */
export interface Replacement {
  readonly heard: string;
  readonly written: string;
}

interface Match {
  readonly start: number;
  readonly end: number;
  readonly written: string;
}

/** Letters of scripts that part words by spaces, and the marks and digits that go with them. */
const SPACED = /[\p{L}\p{M}\p{N}]/u;
const UNSPACED = /[\p{sc=Han}\p{scx=Hira}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmr}\p{sc=Mymr}\p{sc=Tibt}]/u;
const KATAKANA = /\p{scx=Kana}/u;

/**
 * A person's replacements, applied to words. What was heard is found without regard to case, as whole words: no letter stands
 * beside it, in Katakana no Katakana; between Kanji, Hiragana and other scripts without spaces any place will do. Of several that
 * fit, the longest one counts. Nothing is replaced in what was replaced.
 */
export class Replacements {
  readonly #rules: readonly Replacement[];

  constructor(replacements: readonly Replacement[]) {
    this.#rules = replacements
      .map(({ heard, written }) => ({ heard: heard.trim().replace(/\s+/g, ' '), written: written.trim() }))
      .filter(({ heard, written }) => heard !== '' && written !== '')
      .sort((a, b) => b.heard.length - a.heard.length);
  }

  /** The words with everything replaced. One that was replaced has the time of all it stands for. */
  apply(words: readonly Word[]): readonly Word[] {
    if (this.#rules.length === 0) return words;
    const whole = words.map(({ text }) => text).join('');
    const matches = this.#matches(whole);
    return matches.length === 0 ? words : rewrite(words, whole, matches);
  }

  /** How many of the words no word to come can change: those behind them may be the beginning of something longer. */
  settled(words: readonly Word[]): number {
    if (this.#rules.length === 0) return words.length;
    const whole = words.map(({ text }) => text).join('');
    const open = this.#openFrom(whole);
    let end = 0;
    const at = words.findIndex(({ text }) => (end += text.length) > open);
    return at < 0 ? words.length : at;
  }

  #matches(whole: string): Match[] {
    const text = folded(whole);
    const matches: Match[] = [];
    for (let start = 0; start < text.length; start++) {
      const rule = this.#rules.find(({ heard }) => isHeard(text, folded(heard), start));
      if (rule === undefined) continue;
      const end = start + rule.heard.length;
      matches.push({
        start,
        end,
        written: beginsSentence(whole, start) ? inCaseOf(whole.slice(start, end), rule) : rule.written,
      });
      start = end - 1;
    }
    return matches;
  }

  /** Where what stands at the end of the text, and is not all of it, begins. */
  #openFrom(whole: string): number {
    const text = folded(whole);
    const matches = this.#matches(whole);
    for (let start = 0; start < text.length; start++) {
      const rest = text.slice(start);
      const inside = matches.some((match) => match.start < start && start < match.end);
      if (!inside && isBoundary(text, start) && this.#rules.some(({ heard }) => begins(folded(heard), rest)))
        return start;
    }
    return text.length;
  }
}

/** What an utterance comes to now, as the recogniser tells it. */
interface Told {
  readonly restatedFrom: number | null;
  readonly committed: readonly Word[];
  readonly tentative: readonly Word[];
  readonly final: boolean;
}

/**
 * Replaces in words as they come. Those that may yet become part of something longer stay tentative until they have, or have
 * not: what is committed never changes.
 */
export class LiveReplacements<Event extends Told> {
  readonly #current: () => Replacements;
  /** Words committed by the recogniser and not yet by us, in an event of their utterance. */
  readonly #open = new Map<string, Event>();

  /** @param current the person's replacements, as they are now. */
  constructor(current: () => Replacements) {
    this.#current = current;
  }

  /** @returns the event with everything replaced. */
  write(utterance: string, event: Event): Event {
    const replacements = this.#current();
    const { restatedFrom, final } = event;
    const open = (this.#open.get(utterance)?.committed ?? []).filter(
      ({ startSample }) => restatedFrom === null || startSample < restatedFrom,
    );
    const words = [...open, ...event.committed];
    const count = final ? words.length : replacements.settled(words);
    const rest = words.slice(count);
    if (rest.length > 0) this.#open.set(utterance, { ...event, committed: rest });
    else this.#open.delete(utterance);
    return {
      ...event,
      committed: replacements.apply(words.slice(0, count)),
      tentative: replacements.apply([...rest, ...event.tentative]),
    };
  }

  /** Nothing more will come. @returns events that write what was still open. */
  settle(): Event[] {
    const events = [...this.#open.values()];
    this.#open.clear();
    const replacements = this.#current();
    return events.map((event) => ({
      ...event,
      restatedFrom: null,
      committed: replacements.apply(event.committed),
      tentative: [],
    }));
  }
}

/** In lower case, each code unit in its place. */
function folded(text: string): string {
  let folded = '';
  for (let i = 0; i < text.length; i++) {
    const unit = text.charAt(i);
    const lower = unit.toLowerCase();
    folded += /\s/.test(unit) ? ' ' : lower.length === 1 ? lower : unit;
  }
  return folded;
}

const isHeard = (text: string, heard: string, start: number): boolean =>
  text.startsWith(heard, start) && isBoundary(text, start) && isBoundary(text, start + heard.length);

/** Whether `rest`, whole words all of it, is the beginning of what is heard, but not all. */
const begins = (heard: string, rest: string): boolean =>
  rest.length < heard.length &&
  heard.startsWith(rest) &&
  (isBoundary(heard, rest.length) || KATAKANA.test(rest.slice(-1)));

/** Whether a word may begin or end between two characters. */
function isBoundary(text: string, at: number): boolean {
  const kind = kindOf(text.slice(0, at).match(/.$/su)?.[0]);
  return kind === null || kind !== kindOf(text.slice(at).match(/^./su)?.[0]);
}

/** Of two characters of the same kind, side by side, one goes on with the other. */
function kindOf(character: string | undefined): 'spaced' | 'katakana' | null {
  if (character === undefined) return null;
  if (KATAKANA.test(character)) return 'katakana';
  return SPACED.test(character) && !UNSPACED.test(character) ? 'spaced' : null;
}

/** Whether a sentence may begin there: at the start, or behind a mark that ends one. */
const beginsSentence = (text: string, at: number): boolean =>
  /(^|[.!?…][\p{Pe}\p{Pf}"']*)\s*$/u.test(text.slice(0, at));

/** What is written in small letters alone begins with a capital where what was found does. */
function inCaseOf(found: string, { heard, written }: Replacement): string {
  const sentence = /^\p{Lu}[^\p{Lu}]*$/u.test(found) && !/^\p{Lu}/u.test(heard);
  return sentence && !/\p{Lu}/u.test(written) ? written.charAt(0).toUpperCase() + written.slice(1) : written;
}

function rewrite(words: readonly Word[], whole: string, matches: readonly Match[]): Word[] {
  const written: Word[] = [];
  const rest = [...matches];
  let end = 0;
  for (let i = 0; i < words.length;) {
    const first = i;
    let from = end;
    let text = '';
    end += words[i++]!.text.length;
    for (let match = rest[0]; match !== undefined && match.start < end; match = rest[0]) {
      rest.shift();
      while (end < match.end) end += words[i++]!.text.length;
      text += whole.slice(from, match.start) + match.written;
      from = match.end;
    }
    text += whole.slice(from, end);
    written.push(joined(words.slice(first, i), text));
  }
  return written;
}

function joined(words: readonly Word[], text: string): Word {
  const first = words[0]!;
  if (words.length === 1) return text === first.text ? first : { ...first, text };
  return {
    ...first,
    text,
    endSample: words.at(-1)!.endSample,
    probability: words.reduce((sum, { probability }) => sum + probability, 0) / words.length,
  };
}
