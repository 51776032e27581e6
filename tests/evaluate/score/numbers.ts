/** English number words and digits, brought to one form: digits, each a unit of its own (`nineteen twenty five` is `1 9 2 5`). */

const SMALL = new Map<string, number>(
  (
    'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen ' +
    'eighteen nineteen'
  )
    .split(' ')
    .map((word, value) => [word, value]),
);
const TENS = new Map<string, number>(
  'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ').map((word, i) => [word, (i + 2) * 10]),
);
const POWERS = new Map<string, number>([
  ['thousand', 1e3],
  ['million', 1e6],
  ['billion', 1e9],
]);
const ORDINALS = new Map<string, number>(
  (
    'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth ' +
    'sixteenth seventeenth eighteenth nineteenth'
  )
    .split(' ')
    .map((word, i) => [word, i + 1]),
);
const TENTHS = new Map<string, number>(
  'twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth'
    .split(' ')
    .map((word, i) => [word, (i + 2) * 10]),
);
const DECADES = new Map<string, number>(
  'twenties thirties forties fifties sixties seventies eighties nineties'
    .split(' ')
    .map((word, i) => [word, (i + 2) * 10]),
);

interface Parsed {
  readonly value: number;
  /** Index of the first word after the number. */
  readonly end: number;
}

/** Words without punctuation, in lower case; digits may carry a suffix (`21st`, `1920s`). */
export function normaliseNumbers(words: readonly string[]): string[] {
  const out: string[] = [];
  for (let at = 0; at < words.length;) {
    const word = words[at] ?? '';
    const ordinal = parseOrdinal(words, at);
    const number = ordinal ?? parseNumber(words, at);
    const decade = DECADES.get(word);
    if (ordinal !== null) {
      out.push(`${ordinal.value}${ordinalSuffix(ordinal.value)}`);
      at = ordinal.end;
    } else if (number !== null) {
      out.push(...digitsOf(String(number.value)));
      at = number.end;
      // "nineteen oh five"
      if (words[at] === 'oh' && parseNumber(words, at + 1) !== null) {
        out.push('0');
        at++;
      }
    } else {
      const digits = decade === undefined ? word : `${decade}s`;
      if (/^\d+s?$/.test(digits)) out.push(...digitsOf(digits));
      else out.push(word);
      at++;
    }
  }
  return out;
}

const digitsOf = (text: string): string[] => text.split('');

/** `two thousand and twelve`, `5 million`, `a hundred`; plain digits are left alone, so that leading zeros stay. */
function parseNumber(words: readonly string[], start: number): Parsed | null {
  let total = 0;
  let limit = Infinity;
  let at = start;
  for (;;) {
    const joined = at > start && words[at] === 'and' ? at + 1 : at;
    const group = parseGroup(words, joined);
    if (group === null) break;
    const power = POWERS.get(words[group.end] ?? '');
    const digits = /^\d+$/.test(words[joined] ?? '');
    if (power !== undefined && power < limit) {
      total += group.value * power;
      limit = power;
      at = group.end + 1;
    } else {
      if (group.value >= limit || (digits && group.end === joined + 1)) break;
      return { value: total + group.value, end: group.end };
    }
  }
  return at === start ? null : { value: total, end: at };
}

/** A number before `thousand`: `nineteen hundred and five`, `a hundred`, `forty two`, `a` where a power follows. */
function parseGroup(words: readonly string[], start: number): Parsed | null {
  const word = words[start] ?? '';
  const article = word === 'a' && (words[start + 1] === 'hundred' || POWERS.has(words[start + 1] ?? ''));
  const head = article
    ? { value: 1, end: start + 1 }
    : /^\d{1,3}$/.test(word)
      ? { value: Number(word), end: start + 1 }
      : parseBelowHundred(words, start);
  if (head === null) return null;
  if (words[head.end] !== 'hundred') return head;
  const hundreds = { value: head.value * 100, end: head.end + 1 };
  const rest = parseBelowHundred(words, words[hundreds.end] === 'and' ? hundreds.end + 1 : hundreds.end);
  return rest === null ? hundreds : { value: hundreds.value + rest.value, end: rest.end };
}

function parseBelowHundred(words: readonly string[], start: number): Parsed | null {
  const word = words[start] ?? '';
  const small = SMALL.get(word);
  if (small !== undefined) return { value: small, end: start + 1 };
  const tens = TENS.get(word);
  if (tens === undefined) return null;
  const ones = SMALL.get(words[start + 1] ?? '') ?? 0;
  return ones > 0 && ones < 10 ? { value: tens + ones, end: start + 2 } : { value: tens, end: start + 1 };
}

function parseOrdinal(words: readonly string[], start: number): Parsed | null {
  const word = words[start] ?? '';
  const single = ORDINALS.get(word) ?? TENTHS.get(word);
  if (single !== undefined) return { value: single, end: start + 1 };
  const tens = TENS.get(word);
  const ones = ORDINALS.get(words[start + 1] ?? '');
  return tens !== undefined && ones !== undefined && ones < 10 ? { value: tens + ones, end: start + 2 } : null;
}

function ordinalSuffix(value: number): string {
  if (value % 100 >= 11 && value % 100 <= 13) return 'th';
  return ['th', 'st', 'nd', 'rd'][value % 10] ?? 'th';
}
