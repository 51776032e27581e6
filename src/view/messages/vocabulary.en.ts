import type { VocabularyMessages } from './vocabulary.ts';

const whole = new Intl.NumberFormat('en');

export const vocabularyMessages: VocabularyMessages = {
  terms: {
    title: 'Names and terms',
    text: 'One a line, spelled as you want them. Sotto expects to hear them. Put the ones you say most first.',
  },
  termsExample: 'Quillfeather\nZolafrin',
  termCount: (count) => (count === 1 ? '1 name or term' : `${whole.format(count)} names and terms`),
  replacements: {
    title: 'Replacements',
    text: 'Whatever is heard as the left side is written as the right side, from now on.',
  },
  heard: 'Heard',
  written: 'Written',
  heardExample: 'post gress',
  writtenExample: 'Postgres',
  inRow: (field, position) => `${field}, replacement ${whole.format(position)}`,
  remove: (heard) => `Remove: ${heard}`,
};
