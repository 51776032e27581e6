import type { VersionMessages } from './versions.ts';

const whole = new Intl.NumberFormat('ja');

export const versionMessages: VersionMessages = {
  title: '文字起こしの一覧',
  shown: '表示する文字起こし',
  facts: (date, words) => `${date}・${whole.format(words)} 語`,
  remove: 'この文字起こしを削除',
  again: {
    title: 'もう一度文字にする',
    text: '別のモデルや言語で文字にします。今の文字は、直した箇所も含めてそのまま残ります。',
    start: 'もう一度文字にする',
    noSound: 'このセッションの音声は残していないため、もう一度文字にすることはできません。',
    doing: (model) => `${model} でもう一度文字にしています`,
    bar: '文字起こしの進み具合',
    nothing: '今回は音声が聞き取れませんでした。今の文字はそのままです。',
    ready: (model) => `${model} での文字起こしができました。`,
    show: '表示する',
  },
};
