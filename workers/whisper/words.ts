import { UNSPACED, type Language } from '../../src/recognizer/languages.ts';
import type { Word } from '../../src/transcript/word.ts';
import type { DecodedToken } from './decode.ts';
import { SAMPLES_PER_POSITION } from './log-mel.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A word and what it was decoded from, so that it can be fed again. */
export interface TokenWord extends Word {
  readonly tokens: readonly DecodedToken[];
}

/** Marks that belong to the word after them, and to the word before them (openai/whisper, `timing.py`). */
const OPENING = /^\s*["'“¿([{「『（-]+$/;
const CLOSING = /^["'.。,，!！?？:：”)\]}、」』）…;；%-]+$/;

/**
 * Groups tokens into words: at spaces where the language has them, else at every whole character; punctuation joins its
 * neighbour.
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
  const groups = mergePunctuation(groupTokens(vocabulary, language, tokens));
  return groups.map(({ text, from, to }) => {
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
  const groups: Group[] = [];
  let from = 0;
  for (let to = 1; to <= tokens.length; to++) {
    const text = vocabulary.decode(tokens.slice(from, to).map(({ token }) => token));
    if (text.includes('\uFFFD') && to < tokens.length) continue;
    const last = groups.at(-1);
    const joins = last !== undefined && !UNSPACED.has(language) && !/^\s/.test(text) && !CLOSING.test(text);
    if (joins) {
      last.text += text;
      last.to = to;
    } else groups.push({ text, from, to });
    from = to;
  }
  return groups;
}

function mergePunctuation(groups: readonly Group[]): Group[] {
  const merged: Group[] = [];
  for (const group of groups) {
    const last = merged.at(-1);
    const opened = last !== undefined && OPENING.test(last.text) && /^\s|^$/.test(last.text);
    if (last !== undefined && (opened || CLOSING.test(group.text))) {
      last.text += opened ? group.text.trimStart() : group.text;
      last.to = group.to;
    } else merged.push({ ...group });
  }
  return merged;
}
