import { createFormats } from './formats.ts';
import type { FileFailures, Messages } from './messages.ts';

const { duration } = createFormats('ja');

export const fileMessages: Messages['files'] = {
  open: 'ファイルを開く',
  drop: { title: 'ここに置くと文字にします', text: '音声または動画。端末の外には出ません。' },
  heading: 'ファイル',
  recording: '録音',
  bar: '進み具合',
  language: '話されている言語',
  languageAsSet: (language) => `設定のとおり（${language}）`,
  tell: 'ファイルが終わったら通知する',
  phases: {
    queued: '順番待ち',
    opening: '開いています…',
    'waiting-for-model': 'モデルの準備を待っています',
    paused: '一時停止中',
    'waiting-for-recording': '録音が終わるまで待っています',
    'needs-file': '続けるには「再開」を押して、同じファイルをもう一度選んでください',
    done: '完了',
    cancelled: '中止しました',
    failed: '問題が起きたため停止しました',
  },
  reached: (position, duration) => `${position} / ${duration}`,
  left: (reached, secondsLeft) => `${reached}・残り約 ${duration(secondsLeft)}`,
  stopped: (phase, reached) => `${phase}・${reached}`,
  damaged: 'ファイルの一部が壊れているか、欠けています。聞き取れた部分はすべて文字にしました。',
  acts: {
    pause: '一時停止',
    resume: '再開',
    up: '上へ移動',
    down: '下へ移動',
    cancel: '中止',
    remove: '一覧から削除',
  },
  obstacles: {
    full: '端末の空き容量がないため、これらのファイルの文字は、このページを閉じると消えます。',
    unavailable: 'このブラウザーでは保存できないため、これらのファイルの文字は、このページを閉じると消えます。',
    outdated:
      '別のタブで新しいバージョンの Sotto が開いています。保存を続けるには、このページを再読み込みしてください。',
  },
  empty: (over) =>
    over ? 'このファイルから音声は聞き取れませんでした。' : '文字になった部分から、ここに表示されます。',
};

export const fileFailures: FileFailures = {
  'not-audio': ({ reason }) => ({
    title: {
      empty: 'ファイルが空です',
      unknown: '音声や動画のファイルではありません',
      damaged: 'ファイルが壊れています',
    }[reason],
    text: {
      empty: '中身がまったくありません。ダウンロードやコピーが途中かもしれません。',
      unknown: '名前にかかわらず、Sotto が読み取れる音声が入っていません。',
      damaged: '音声の位置を示す部分がありません。録音が途中で切れた可能性があります。',
    }[reason],
  }),
  'no-audio-track': () => ({
    title: 'この動画には音声がありません',
    text: '文字にするものがありません。',
  }),
  'codec-unsupported': ({ codec }) => ({
    title: `このブラウザーでは ${codec} を再生できません`,
    text: '別のブラウザーで試すか、MP3、M4A、WAV に変換してからお使いください。',
  }),
  'file-refused': ({ channels, sampleRate }) => ({
    title: 'ファイルの情報がありえない値になっています',
    text: `${channels} チャンネル、${sampleRate} Hz とされています。壊れているか、録音ではありません。`,
  }),
  'decoding-failed': () => ({
    title: 'ファイルを読み取れませんでした',
    text: '壊れているか、このブラウザーでは再生できない形式です。',
  }),
  'decoder-stalled': () => ({
    title: 'ファイルの読み取りが進まなくなりました',
    text: '読み取りを終了しました。それまでの文字は残っています。',
  }),
  'file-changed': () => ({
    title: 'ファイルが元のものと違います',
    text: '開いたあとに変更されたか、別のファイルです。ここまでの文字は残っています。最初から文字にするには、開き直してください。',
  }),
  'file-missing': () => ({
    title: 'ファイルが見つかりません',
    text: '移動、名前の変更、または削除されたようです。ここまでの文字は残っています。元に戻してから再開してください。',
  }),
};
