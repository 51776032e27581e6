/** British spellings and older forms to American ones, for words that occur in speech; what is not here counts as it is. */

/** Stems: `colour` also covers `colours`, `coloured`, `colourful`. */
const STEMS: readonly (readonly [british: RegExp, american: string])[] = [
  [
    /^(arm|behavi|cand|clam|col|endeav|fav|ferv|flav|glam|harb|hon|hum|lab|neighb|od|parl|ranc|rig|rum|savi|splend|val|vap|vig)our/,
    '$1or',
  ],
  [
    /^(ap|agon|author|brutal|capital|central|character|civil|colon|critic|emphas|equal|familiar|fantas|final|general|harmon|hospital|ideal|immun|legal|local|material|maxim|memor|minim|mobil|modern|national|neutral|normal|optim|organ|patron|personal|popular|real|recogn|social|special|stabil|standard|steril|summar|symbol|sympath|util|visual|vocal)is(e|ed|er|es|ing|ation)/,
    '$1iz$2',
  ],
  [/^(apolog|cool|energ|priorit)is(e|ed|es|ing)$/, '$1iz$2'],
  [/^(anal|cata|para)lys(e|ed|es|ing)$/, '$1lyz$2'],
  [
    /^(cancel|channel|counsel|dial|equal|fuel|jewel|label|level|marvel|model|panel|quarrel|rival|shovel|signal|travel|tunnel)l(ed|er|ers|ing|ous|ously)$/,
    '$1$2',
  ],
  [/^(cent|fib|lit|lust|meag|theat|somb|sab|spect)re(s?)$/, '$1er$2'],
  [/^((?:centi|milli|kilo)?met)re(s?)$/, '$1er$2'],
  [/^(def|lic|off|pret)ence(s?)$/, '$1ense$2'],
  [/^(dialog|catalog|monolog|analog)ue(s?)$/, '$1$2'],
  [/^gr(e)y(s|ed|ing|ish)?$/, 'gray$2'],
];

const WORDS = new Map<string, string>(
  Object.entries({
    aeroplane: 'airplane',
    aeroplanes: 'airplanes',
    aluminium: 'aluminum',
    anaesthetic: 'anesthetic',
    axe: 'ax',
    cheque: 'check',
    cheques: 'checks',
    cosy: 'cozy',
    draught: 'draft',
    draughts: 'drafts',
    encyclopaedia: 'encyclopedia',
    enrol: 'enroll',
    fulfil: 'fulfill',
    gaol: 'jail',
    jewellery: 'jewelry',
    judgement: 'judgment',
    kerb: 'curb',
    manoeuvre: 'maneuver',
    mediaeval: 'medieval',
    mould: 'mold',
    moustache: 'mustache',
    mum: 'mom',
    orientated: 'oriented',
    paediatric: 'pediatric',
    plough: 'plow',
    ploughed: 'plowed',
    practise: 'practice',
    practised: 'practiced',
    practising: 'practicing',
    programme: 'program',
    programmes: 'programs',
    pyjamas: 'pajamas',
    sceptic: 'skeptic',
    sceptical: 'skeptical',
    skilful: 'skillful',
    smoulder: 'smolder',
    storey: 'story',
    storeys: 'stories',
    sulphur: 'sulfur',
    towards: 'toward',
    tyre: 'tire',
    tyres: 'tires',
    whilst: 'while',
    wilful: 'willful',
    woollen: 'woolen',
    yoghurt: 'yogurt',
    ok: 'okay',
  }),
);

/** The American spelling of a word in lower case. */
export function americanSpelling(word: string): string {
  const whole = WORDS.get(word);
  if (whole !== undefined) return whole;
  for (const [british, american] of STEMS) if (british.test(word)) return word.replace(british, american);
  return word;
}
