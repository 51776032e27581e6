import { UNSPACED, type Language } from '../../src/recognizer/languages.ts';
import type { Word } from '../../src/transcript/word.ts';
import type { DecodedToken } from './decode.ts';
import { SAMPLES_PER_POSITION } from './log-mel.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A word and what it was decoded from, so that it can be fed again. */
export interface TokenWord extends Word {
  readonly tokens: readonly DecodedToken[];
}

/** Marks that belong to the character after them, and to the one before them, where no space tells (cf. openai/whisper, `timing.py`). */
const OPENING = /^["'“‘«¿¡([{「『（［【〈《]+$/;
const CLOSING = /^["'”’».。,，、!！?？:：;；…)\]}」』）］】〉》%]+$/;

/**
 * Groups tokens into words: at spaces where the language has them, else at every whole character, and punctuation joins its
 * neighbour. The words' texts, joined, are the text of the tokens.
 * @param starts position at which each token begins, and the end of the last one behind them.
 * @param origin sample index of position 0.
 */
export function toWords(
  vocabulary: Vocabulary,
  language: Language,
  tokens: readonly DecodedToken[],
  starts: readonly number[],
  origin: number,
): TokenWord[] {
  return groupTokens(vocabulary, language, tokens).map(({ text, from, to }) => {
    const part = tokens.slice(from, to);
    return {
      text,
      tokens: part,
      startSample: origin + starts[from]! * SAMPLES_PER_POSITION,
      endSample: origin + starts[to]! * SAMPLES_PER_POSITION,
      probability: part.reduce((sum, { logProbability }) => sum + Math.exp(logProbability), 0) / part.length,
    };
  });
}

interface Group {
  text: string;
  from: number;
  to: number;
}

/** Whole characters first (a token may hold half of one), then whole words. */
function groupTokens(vocabulary: Vocabulary, language: Language, tokens: readonly DecodedToken[]): Group[] {
  const whole = vocabulary.decode(tokens.map(({ token }) => token));
  const groups: Group[] = [];
  let from = 0;
  let offset = 0;
  for (let to = 1; to <= tokens.length; to++) {
    const text = vocabulary.decode(tokens.slice(from, to).map(({ token }) => token));
    // A replacement character that the whole text has as well is no half of anything: the model wrote bytes that are none.
    const half = text.indexOf('\uFFFD');
    if (half >= 0 && whole[offset + half] !== '\uFFFD' && to < tokens.length) continue;
    const last = groups.at(-1);
    if (last !== undefined && !UNSPACED.has(language) && !/^\s/.test(text)) {
      last.text += text;
      last.to = to;
    } else groups.push({ text, from, to });
    from = to;
    offset += text.length;
  }
  return UNSPACED.has(language) ? mergePunctuation(groups) : groups;
}

function mergePunctuation(groups: readonly Group[]): Group[] {
  const merged: Group[] = [];
  for (const group of groups) {
    const last = merged.at(-1);
    if (last !== undefined && (OPENING.test(last.text.trimStart()) || CLOSING.test(group.text))) {
      last.text += group.text;
      last.to = group.to;
    } else merged.push({ ...group });
  }
  return merged;
}
