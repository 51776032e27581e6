import type { VocabularyMessages } from './vocabulary.ts';

const whole = new Intl.NumberFormat('ja');

export const vocabularyMessages: VocabularyMessages = {
  terms: {
    title: '名前と用語',
    text: '1 行に 1 つ、書いてほしいとおりに入力してください。聞き取りやすくなります。よく使うものを上に置いてください。',
  },
  termsExample: '齋藤\nゾラフリン',
  termCount: (count) => `${whole.format(count)} 件`,
  replacements: {
    title: '置き換え',
    text: '左のように聞き取ったときに、右のように書きます。これから書き起こす文字に適用されます。',
  },
  heard: '聞き取り',
  written: '書き方',
  heardExample: '斎藤さん',
  writtenExample: '齋藤さん',
  inRow: (field, position) => `${field}（置き換え ${whole.format(position)}）`,
  remove: (heard) => `削除：${heard}`,
};
